/** The warnings in force that QWeather passes on: `/v7/warning/now`. */
import { hourMs } from '../../shared/weather/hours.ts';
import { warningSeverities } from '../../shared/weather/schema.ts';
import type { SourceFault, WarningSeverity } from '../../shared/weather/schema.ts';
import { isAboutCold } from './cold-words.ts';
import { malformed } from './provider.ts';
import type { ToldWarning } from './provider.ts';
import { bodyOf } from './qweather-answers.ts';
import { instantOf, isRecord } from './read-hours.ts';

/** Where the sender names no end *(ours)*. */
const usualHours = 24;
const mostWarnings = 100;

/** blizzard, cold wave, freezing damage, frost, icy roads, freezing: https://dev.qweather.com/docs/resource/warning-info */
const coldTypes = ['1004', '1005', '1008', '1016', '1021', '1027'];
const ofColor: Record<string, WarningSeverity> = {
  Blue: 'Minor',
  Yellow: 'Moderate',
  Orange: 'Severe',
  Red: 'Extreme',
};

/** @throws AnswerError */
export function parseQWeatherWarnings(
  text: string,
  nowMs: number,
): { inForce: ToldWarning[]; faults: SourceFault[] } {
  const { warning } = bodyOf(text);
  if (!Array.isArray(warning)) throw malformed('warning');
  const byId = new Map<string, ToldWarning>();
  let leftOut = 0;
  for (const told of warning as unknown[]) {
    const read = isRecord(told) ? warningOf(told) : null;
    if (read === null) leftOut += 1;
    else if (read !== 'over' && Date.parse(read.untilAt) > nowMs) byId.set(read.id, read);
  }
  const all = [...byId.values()];
  leftOut += Math.max(0, all.length - mostWarnings);
  return {
    inForce: all.slice(0, mostWarnings),
    faults: leftOut > 0 ? [{ code: 'left_out', count: leftOut }] : [],
  };
}

function warningOf(told: Record<string, unknown>): ToldWarning | 'over' | null {
  const word = (name: string): string => (typeof told[name] === 'string' ? told[name].trim() : '');
  if (word('status') === 'cancel') return 'over';
  const id = word('id');
  const issued = instantOf(told['pubTime']);
  const from = instantOf(told['startTime']) ?? issued;
  if (id === '' || id.length > 400 || from === null) return null;
  const until = instantOf(told['endTime']) ?? (issued ?? from) + usualHours * hourMs;
  const event = word('typeName') || word('title');
  return {
    id,
    event: event.slice(0, 200),
    headline: word('title').slice(0, 500),
    text: word('text').slice(0, 8_000),
    sender: word('sender').slice(0, 200),
    severity: severityOf(word('severity'), word('severityColor')),
    cold: coldTypes.includes(word('type')) || isAboutCold(event, word('title')),
    areaText: '',
    // It was asked for this very place.
    placed: true,
    fromAt: new Date(from).toISOString(),
    untilAt: new Date(until).toISOString(),
  };
}

function severityOf(told: string, color: string): WarningSeverity {
  const severity = warningSeverities.find((one) => one === told);
  return severity !== undefined && severity !== 'Unknown'
    ? severity
    : (ofColor[color] ?? 'Unknown');
}
