/**
 * Every colour and size of the product, once: the CSS variables (`--nx-…`, written into the page by the build) and the
 * values the map draws with. Colour means one thing; the comment of a token says which. Night text is ≥ 7:1 on every
 * surface.
 */
export interface Tokens {
  /** behind everything */
  base: string;
  /** panels and cards */
  surface: string;
  /** what lies on a panel: rows, tiles, fields */
  raised: string;
  /** a row under the pointer or selected */
  chosen: string;
  line: string;
  /** outline of a field or a tile, ≥ 3:1 on its surface */
  edge: string;
  text: string;
  /** second in rank, still ≥ 7:1 */
  quiet: string;
  /** the main action: lamp light by night, ink by day */
  action: string;
  onAction: string;
  focus: string;
  /** priority 1…4: brightness alone tells them apart (night: brighter, day: darker is more urgent) */
  priority: [string, string, string, string];
  onPriority: [string, string, string, string];
  /** life in danger, and nothing else */
  danger: string;
  onDanger: string;
  dangerText: string;
  /** teams, wherever they are shown */
  team: string;
  onTeam: string;
  /** stations and beds */
  station: string;
  onStation: string;
  /** a finished, good thing */
  done: string;
  /** something wants a look: errors of input, old data */
  notice: string;
  noticeSurface: string;
  /** cold cells, step 1…4 */
  cold: [string, string, string, string];
  /** the official warning levels, always with the word */
  level: Record<'blue' | 'yellow' | 'orange' | 'red', { fill: string; on: string }>;
  shadow: string;
}

export const night: Tokens = {
  base: '#0a1020',
  surface: '#111a2d',
  raised: '#18233a',
  chosen: '#223150',
  line: '#26344f',
  edge: '#6b7fa3',
  text: '#edf2fb',
  quiet: '#b9c6dd',
  action: '#ffe3a8',
  onAction: '#1d1503',
  focus: '#9fcbff',
  priority: ['#6d7d99', '#c8963a', '#ffb454', '#fff4cf'],
  onPriority: ['#05080f', '#0d0800', '#1a0f00', '#1d1503'],
  danger: '#b3000c',
  onDanger: '#ffffff',
  dangerText: '#ffb0ab',
  team: '#59d6e6',
  onTeam: '#00212b',
  station: '#8fe0b0',
  onStation: '#00240f',
  done: '#8fe0b0',
  notice: '#ffcf8a',
  noticeSurface: '#2c2413',
  cold: ['#5d4aa8', '#8468d8', '#b39bf5', '#ece5ff'],
  level: {
    blue: { fill: '#1750b5', on: '#ffffff' },
    yellow: { fill: '#ffd84a', on: '#1c1600' },
    orange: { fill: '#ff9b3d', on: '#1f0f00' },
    red: { fill: '#b3000c', on: '#ffffff' },
  },
  shadow: '0 6px 24px rgb(0 0 0 / 45%)',
};

export const day: Tokens = {
  base: '#eef1f6',
  surface: '#ffffff',
  raised: '#f4f6fa',
  chosen: '#e1e9f7',
  line: '#d3dae6',
  edge: '#74839c',
  text: '#121b2d',
  quiet: '#44516a',
  action: '#14284d',
  onAction: '#ffffff',
  focus: '#1a56c4',
  priority: ['#8793a8', '#9a6500', '#a03a00', '#5c0f00'],
  onPriority: ['#05080f', '#ffffff', '#ffffff', '#ffffff'],
  danger: '#c4000d',
  onDanger: '#ffffff',
  dangerText: '#a3000b',
  team: '#00697a',
  onTeam: '#ffffff',
  station: '#136b3b',
  onStation: '#ffffff',
  done: '#136b3b',
  notice: '#7a4a00',
  noticeSurface: '#fff3dc',
  cold: ['#b7a2ee', '#8f6ddc', '#673ebf', '#3e1b87'],
  level: {
    blue: { fill: '#1750b5', on: '#ffffff' },
    yellow: { fill: '#ffd21f', on: '#1c1600' },
    orange: { fill: '#ff8c1a', on: '#1f0f00' },
    red: { fill: '#c4000d', on: '#ffffff' },
  },
  shadow: '0 4px 18px rgb(18 27 45 / 14%)',
};

export const tokensOf = (scheme: 'dark' | 'light'): Tokens => (scheme === 'dark' ? night : day);

/** Sizes in px that must not be undercut. */
export const sizes = { touch: 48, reportTouch: 64, gap: 8, fieldText: 16, boardText: 13 } as const;

export const fontFamily =
  '"Noto Sans SC", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", system-ui, sans-serif';

function variablesOf(tokens: Tokens): Record<string, string> {
  const variables: Record<string, string> = {
    '--nx-base': tokens.base,
    '--nx-surface': tokens.surface,
    '--nx-raised': tokens.raised,
    '--nx-chosen': tokens.chosen,
    '--nx-line': tokens.line,
    '--nx-edge': tokens.edge,
    '--nx-text': tokens.text,
    '--nx-quiet': tokens.quiet,
    '--nx-action': tokens.action,
    '--nx-on-action': tokens.onAction,
    '--nx-focus': tokens.focus,
    '--nx-danger': tokens.danger,
    '--nx-on-danger': tokens.onDanger,
    '--nx-danger-text': tokens.dangerText,
    '--nx-team': tokens.team,
    '--nx-on-team': tokens.onTeam,
    '--nx-station': tokens.station,
    '--nx-on-station': tokens.onStation,
    '--nx-done': tokens.done,
    '--nx-notice': tokens.notice,
    '--nx-notice-surface': tokens.noticeSurface,
    '--nx-shadow': tokens.shadow,
  };
  for (const [index, colour] of tokens.priority.entries()) {
    variables[`--nx-priority-${index + 1}`] = colour;
    variables[`--nx-on-priority-${index + 1}`] = tokens.onPriority[index] ?? tokens.text;
  }
  for (const [index, colour] of tokens.cold.entries()) variables[`--nx-cold-${index + 1}`] = colour;
  for (const [level, { fill, on }] of Object.entries(tokens.level)) {
    variables[`--nx-level-${level}`] = fill;
    variables[`--nx-on-level-${level}`] = on;
  }
  return variables;
}

const block = (selector: string, variables: Record<string, string>): string =>
  `${selector}{${Object.entries(variables)
    .map(([name, value]) => `${name}:${value}`)
    .join(';')}}`;

/** The style sheet of the variables. The attribute is the component library's, so that both follow one switch. */
export const variablesSheet = (): string =>
  [
    block(':root', {
      '--nx-touch': `${sizes.touch}px`,
      '--nx-report-touch': `${sizes.reportTouch}px`,
      '--nx-font': fontFamily,
    }),
    block(':root,[data-mantine-color-scheme=dark]', variablesOf(night)),
    block('[data-mantine-color-scheme=light]', variablesOf(day)),
  ].join('');
