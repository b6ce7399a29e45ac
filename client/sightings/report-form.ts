/** What stands on the report screen before it is sent, and how it becomes a sighting. Pure. */
import type { Position } from '../../shared/geo/position.ts';
import type { Need, SightingDraft, VulnerableFlag } from '../../shared/sightings/schema.ts';
import { nextStateStep } from '../../shared/sightings/state-wizard.ts';
import type { StateAnswers, StateEnd } from '../../shared/sightings/state-wizard.ts';

export const choices = ['cold', 'ill', 'frail', 'unresponsive'] as const;
export type Choice = (typeof choices)[number];

export type PlaceSource = SightingDraft['positionSource'];
/** Where it is; for `address` the position is the middle of the city and the text says the rest. */
export interface Place {
  source: PlaceSource;
  position: Position;
  accuracyMeters: number;
}

export interface ReportForm {
  /** made on the device with the form: every attempt to send it carries the same one */
  id: string;
  choices: Choice[];
  /** what a picture with two meanings was narrowed to, and further flags */
  flags: VulnerableFlag[];
  /** of an earlier report that is being changed */
  needs: Need[];
  /** what was seen of how cold somebody is; null = not looked at */
  state: StateAnswers | null;
  headcount: number;
  note: string;
  phone: string;
  addressText: string;
  /** chosen by hand (map, address, or kept from an earlier attempt); null = as the phone says */
  place: Place | null;
  seenMinutesAgo: number;
  /** of a report that comes back to be mended; null = as `seenMinutesAgo` says */
  seenAt: string | null;
  /** set while an earlier report is being changed */
  editing: { version: number; seenAt: string } | null;
  startedAt: string;
}

export const emptyForm = (id: string, now: string): ReportForm => ({
  id,
  choices: [],
  flags: [],
  needs: [],
  state: null,
  headcount: 1,
  note: '',
  phone: '',
  addressText: '',
  place: null,
  seenMinutesAgo: 0,
  seenAt: null,
  editing: null,
  startedAt: now,
});

/** The flags of a picture; of those with two the person may name one, and unsure means both. */
export const flagsOfChoice: Readonly<Record<Choice, readonly VulnerableFlag[]>> = {
  cold: ['thinly_dressed'],
  ill: ['ill', 'injured'],
  frail: ['elderly', 'minor'],
  unresponsive: ['unresponsive'],
};

/** Further flags that the pictures don't say. */
export const furtherFlags = [
  'alone',
  'with_infant',
  'pregnant',
  'limited_mobility',
  'disabled',
  'drunk',
  'mental_disorder',
] as const satisfies readonly VulnerableFlag[];

/** What the looked-at state comes to; null = not looked at, or not to an end. */
export const stateOf = ({ state }: Pick<ReportForm, 'state'>): StateEnd | null =>
  state === null ? null : nextStateStep(state).end;

/** Life in danger: the call goes before the report. */
export const isEmergency = (form: Pick<ReportForm, 'choices' | 'state'>): boolean =>
  form.choices.includes('unresponsive') || stateOf(form)?.level === 'call';

export function flagsOf(form: Pick<ReportForm, 'choices' | 'flags' | 'state'>): VulnerableFlag[] {
  const flags = new Set<VulnerableFlag>(stateOf(form)?.flags ?? []);
  for (const choice of form.choices) {
    const meant = flagsOfChoice[choice];
    const named = meant.filter((flag) => form.flags.includes(flag));
    for (const flag of named.length > 0 ? named : meant) flags.add(flag);
  }
  for (const flag of furtherFlags) if (form.flags.includes(flag)) flags.add(flag);
  return [...flags];
}

function needsOf(form: ReportForm): Need[] {
  const needs = new Set<Need>([...form.needs, ...(stateOf(form)?.needs ?? [])]);
  if (isEmergency(form)) needs.add('ambulance');
  return [...needs];
}

export const hasContent = (form: ReportForm): boolean =>
  form.choices.length > 0 ||
  form.flags.length > 0 ||
  form.state !== null ||
  form.note !== '' ||
  form.addressText !== '' ||
  form.phone !== '' ||
  form.headcount !== 1;

const widestAccuracyMeters = 5000;

/**
 * @param now ISO; the moment of sending, which "just now" refers to
 * @param stateWords what was seen of the person's state, in words, for whoever reads the report
 */
export function toSighting(
  form: ReportForm,
  place: Place,
  now: string,
  stateWords = '',
): SightingDraft {
  const seenAt =
    form.editing?.seenAt ??
    form.seenAt ??
    new Date(Date.parse(now) - form.seenMinutesAgo * 60_000).toISOString();
  return {
    id: form.id,
    position: place.position,
    system: 'wgs84',
    accuracyMeters: Math.min(widestAccuracyMeters, Math.round(place.accuracyMeters)),
    positionSource: place.source,
    addressText: form.addressText.trim(),
    seenAt,
    headcount: form.headcount,
    flags: flagsOf(form),
    needs: needsOf(form),
    note: [stateWords, form.note.trim()].filter((part) => part !== '').join('\n'),
    contactPhone: form.phone.trim(),
  };
}

/** A sent report, back on the form to be changed. */
export function formOf(draft: SightingDraft, version: number | null, now: string): ReportForm {
  const chosen = choices.filter((choice) =>
    flagsOfChoice[choice].some((flag) => draft.flags.includes(flag)),
  );
  return {
    ...emptyForm(draft.id, now),
    choices: chosen,
    flags: draft.flags,
    // Follows from the picture, as it did.
    needs: draft.needs.filter((need) => need !== 'ambulance' || !chosen.includes('unresponsive')),
    headcount: draft.headcount,
    note: draft.note,
    phone: draft.contactPhone,
    addressText: draft.addressText,
    place: {
      source: draft.positionSource,
      position: draft.position,
      accuracyMeters: draft.accuracyMeters,
    },
    seenAt: draft.seenAt,
    editing: version === null ? null : { version, seenAt: draft.seenAt },
  };
}
