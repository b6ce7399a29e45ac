import { describe, expect, it } from 'vitest';
import { sightingDraftSchema } from '../../shared/sightings/schema.ts';
import { newId } from '../kernel/id.ts';
import { emptyForm, flagsOf, formOf, toSighting } from './report-form.ts';
import type { Place } from './report-form.ts';

const now = '2026-01-05T18:03:00.000Z';
const place: Place = {
  source: 'gps',
  position: { lon: 116.4, lat: 39.9 },
  accuracyMeters: 14.6,
};
const form = emptyForm(newId(), now);

describe('a report on its way from the form', () => {
  it('is what the server expects, with one tap on a picture', () => {
    const draft = toSighting({ ...form, choices: ['cold'] }, place, now);
    expect(sightingDraftSchema.parse(draft)).toEqual(draft);
    expect(draft).toMatchObject({ flags: ['thinly_dressed'], headcount: 1, seenAt: now });
  });
  it('takes a picture with two meanings as both while the person is unsure', () => {
    expect(flagsOf({ choices: ['frail'], flags: [], state: null })).toEqual(['elderly', 'minor']);
    expect(flagsOf({ choices: ['frail'], flags: ['minor'], state: null })).toEqual(['minor']);
  });
  it('forgets a closer answer when its picture is taken back', () => {
    expect(flagsOf({ choices: [], flags: ['minor', 'alone'], state: null })).toEqual(['alone']);
  });
  it('asks for an ambulance when somebody cannot be woken', () => {
    const draft = toSighting({ ...form, choices: ['unresponsive'] }, place, now);
    expect(draft).toMatchObject({ flags: ['unresponsive'], needs: ['ambulance'] });
  });
  it('counts back from the moment of sending', () => {
    expect(toSighting({ ...form, seenMinutesAgo: 30 }, place, now).seenAt).toBe(
      '2026-01-05T17:33:00.000Z',
    );
  });
  it('bounds an accuracy the phone is not sure of', () => {
    expect(toSighting(form, { ...place, accuracyMeters: 90_000 }, now).accuracyMeters).toBe(5000);
  });
  it('comes back to be changed as it was, with its own time', () => {
    const draft = toSighting(
      { ...form, choices: ['ill'], flags: ['injured', 'alone'], note: 'x', headcount: 3 },
      place,
      now,
    );
    const back = formOf(draft, 2, '2026-01-05T19:00:00.000Z');
    const again = toSighting(back, back.place ?? place, '2026-01-05T19:00:00.000Z');
    expect(again).toEqual(draft);
    expect(back.editing?.version).toBe(2);
  });
});
