/** What stands on the report screen before it is sent, and how it becomes a sighting. Pure. */
import type { Position } from '../../shared/geo/position.ts';
import type { SightingDraft, VulnerableFlag } from '../../shared/sightings/schema.ts';

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
  headcount: number;
  note: string;
  phone: string;
  addressText: string;
  /** chosen by hand (map, address, or kept from an earlier attempt); null = as the phone says */
  place: Place | null;
  seenMinutesAgo: number;
  /** set while an earlier report is being changed */
  editing: { version: number; seenAt: string } | null;
  startedAt: string;
}

export const emptyForm = (id: string, now: string): ReportForm => ({
  id,
  choices: [],
  flags: [],
  headcount: 1,
  note: '',
  phone: '',
  addressText: '',
  place: null,
  seenMinutesAgo: 0,
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

export function flagsOf(form: Pick<ReportForm, 'choices' | 'flags'>): VulnerableFlag[] {
  const flags = new Set<VulnerableFlag>();
  for (const choice of form.choices) {
    const meant = flagsOfChoice[choice];
    const named = meant.filter((flag) => form.flags.includes(flag));
    for (const flag of named.length > 0 ? named : meant) flags.add(flag);
  }
  for (const flag of furtherFlags) if (form.flags.includes(flag)) flags.add(flag);
  return [...flags];
}

export const hasContent = (form: ReportForm): boolean =>
  form.choices.length > 0 ||
  form.flags.length > 0 ||
  form.note !== '' ||
  form.addressText !== '' ||
  form.phone !== '' ||
  form.headcount !== 1;

const widestAccuracyMeters = 5000;

/** @param now ISO; the moment of sending, which "just now" refers to */
export function toSighting(form: ReportForm, place: Place, now: string): SightingDraft {
  const seenAt =
    form.editing?.seenAt ?? new Date(Date.parse(now) - form.seenMinutesAgo * 60_000).toISOString();
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
    needs: form.choices.includes('unresponsive') ? ['ambulance'] : [],
    note: form.note.trim(),
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
    headcount: draft.headcount,
    note: draft.note,
    phone: draft.contactPhone,
    addressText: draft.addressText,
    place: {
      source: draft.positionSource,
      position: draft.position,
      accuracyMeters: draft.accuracyMeters,
    },
    editing: version === null ? null : { version, seenAt: draft.seenAt },
  };
}
