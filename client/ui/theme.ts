/** The component library in the product's colours, for the screens that use it. */
import { createTheme, defaultVariantColorsResolver } from '@mantine/core';
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core';
import { day, fontFamily, night } from './tokens.ts';
import type { Tokens } from './tokens.ts';

/** Mantine wants ten shades; by night 1 is the action, by day 9. */
const lamp: MantineColorsTuple = [
  '#fff4d9',
  night.action,
  '#f3d391',
  '#d8b878',
  '#9fb0cf',
  '#5f759f',
  '#3d5585',
  '#2a4170',
  '#1d3260',
  day.action,
];
/** Mantine's dark greys, replaced by the night base: 0 text … 7 body. */
const dark: MantineColorsTuple = [
  night.text,
  night.quiet,
  '#93a3c0',
  night.edge,
  '#3b4c6e',
  night.line,
  night.raised,
  night.surface,
  night.base,
  '#060a15',
];

export const theme = createTheme({
  primaryColor: 'lamp',
  primaryShade: { dark: 1, light: 9 },
  colors: { lamp, dark },
  autoContrast: true,
  // The action colour is light by night and dark by day; its text must turn with it.
  variantColorResolver: (input) => {
    const isAction = input.color === undefined || input.color === 'lamp';
    if (input.variant !== 'filled' || !isAction) return defaultVariantColorsResolver(input);
    return {
      background: 'var(--nx-action)',
      hover: 'var(--nx-action)',
      color: 'var(--nx-on-action)',
      border: '1px solid transparent',
    };
  },
  white: '#ffffff',
  black: day.text,
  fontFamily,
  headings: { fontFamily, fontWeight: '700' },
  fontSizes: { xs: '13px', sm: '14px', md: '16px', lg: '18px', xl: '22px' },
  lineHeights: { xs: '1.5', sm: '1.5', md: '1.6', lg: '1.5', xl: '1.4' },
  defaultRadius: 'md',
  radius: { xs: '4px', sm: '6px', md: '10px', lg: '14px', xl: '20px' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  focusRing: 'auto',
  components: {
    Button: { defaultProps: { size: 'md' } },
    Modal: { defaultProps: { centered: true, radius: 'lg' } },
    // Its hidden placeholder is no menu item, which a screen reader would trip over.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Notification: { defaultProps: { radius: 'md' } },
    Input: { styles: { input: { borderColor: 'var(--nx-edge)' } } },
    InputWrapper: {
      styles: {
        // room for the ring of a focused field
        label: { marginBottom: '5px' },
        error: { color: 'var(--nx-danger-text)', fontSize: '14px' },
      },
    },
  },
});

const variablesOf = (tokens: Tokens): Record<string, string> => ({
  '--mantine-color-body': tokens.base,
  '--mantine-color-text': tokens.text,
  '--mantine-color-dimmed': tokens.quiet,
  '--mantine-color-placeholder': tokens.quiet,
  '--mantine-color-error': tokens.dangerText,
  '--mantine-color-anchor': tokens.focus,
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  dark: variablesOf(night),
  light: variablesOf(day),
});
