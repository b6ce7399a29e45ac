/**
 * The field of cells as bytes: column after column, each in the coarsest steps that nobody sees the difference of.
 * What comes out of `decodeCellField` goes in and out again unchanged.
 *
 * Steps: expected people 5 %; hours' shapes 1/255; times in minutes for the last 26 hours, then in 3 hours up to
 * eight days, then in days; people who may have moved in hundredths. A sighting after the last visit stays after it.
 */
import { ByteReader, ByteWriter } from './byte-columns.ts';
import { blankField } from './cell-field.ts';
import type { CellField } from './cell-field.ts';
import { keysEnd } from './cell-key.ts';

const magic = [0x4e, 0x58, 0x43, 0x31]; // NXC1
const minuteMs = 60_000;
const hoursOfDay = 24;
const mostProfiles = 16;

const leastPeak = 0.0005;
const peakStep = Math.log(1.05);
const peaks = Float32Array.from({ length: 256 }, (_, code) =>
  code === 0 ? 0 : leastPeak * Math.exp(peakStep * (code - 1)),
);
const peakCode = (peak: number): number =>
  peak < leastPeak ? 0 : Math.min(255, 1 + Math.round(Math.log(peak / leastPeak) / peakStep));

export function encodeCellField(field: CellField): Uint8Array {
  const out = new ByteWriter();
  const { cells, keys, profiles } = field;
  for (const byte of magic) out.byte(byte);
  out.byte(field.resolution);
  out.varint(field.revision);
  out.varint(field.seq);
  out.varint(field.madeAt === null ? 0 : Math.floor(Date.parse(field.madeAt) / minuteMs));
  const asOfMinute = Math.floor(Date.parse(field.asOf) / minuteMs);
  out.varint(asOfMinute);
  out.varint(cells.length);
  out.byte(profiles.length);
  for (const profile of profiles) for (const share of profile) out.byte(Math.round(share * 255));
  for (let i = 0, last = -1; i < keys.length; i++) {
    out.varint(keys[i]! - last - 1);
    last = keys[i]!;
  }
  for (const peak of field.peak) out.byte(peakCode(peak));
  for (const profile of field.profileOf) out.byte(profile);
  for (const people of field.peopleSeen14) out.varint(people);
  for (const hour of field.usualFrom) out.byte(hour);
  for (const hour of field.usualTo) out.byte(hour);
  for (const nights of field.nightsLooked) out.varint(nights);
  for (const nights of field.nightsFoundNobody) out.varint(nights);
  writeTimes(out, field, timesSince(asOfMinute));
  writeWhoIsThere(out, field, timesSince(asOfMinute));
  return out.done();
}

/** @throws RangeError for bytes that are cut off, or are no field of cells */
export function decodeCellField(bytes: Uint8Array): CellField {
  const read = new ByteReader(bytes);
  for (const byte of magic) if (read.byte() !== byte) throw new RangeError('no field of cells');
  const resolution = read.byte();
  if (resolution > 15) throw new RangeError('no H3 resolution');
  const revision = read.varint();
  const seq = read.varint();
  const madeMinute = read.varint();
  const asOfMinute = read.varint();
  const madeAt = madeMinute === 0 ? null : new Date(madeMinute * minuteMs).toISOString();
  const asOf = new Date(asOfMinute * minuteMs).toISOString();
  const count = read.varint();
  if (count > read.left) throw new RangeError('ends too early');
  const profiles = readProfiles(read);
  const keys = readKeys(read, count, keysEnd(resolution));
  const field = blankField({ revision, seq, resolution, madeAt, asOf }, keys);
  field.profiles = profiles;
  for (let i = 0; i < count; i++) field.peak[i] = peaks[read.byte()]!;
  for (let i = 0; i < count; i++) field.profileOf[i] = below(read.byte(), profiles.length || 1);
  for (let i = 0; i < count; i++) field.peopleSeen14[i] = read.varint();
  for (let i = 0; i < count; i++) field.usualFrom[i] = read.byte();
  for (let i = 0; i < count; i++) field.usualTo[i] = read.byte();
  for (let i = 0; i < count; i++) field.nightsLooked[i] = read.varint();
  for (let i = 0; i < count; i++) field.nightsFoundNobody[i] = read.varint();
  readTimes(read, field, timesSince(asOfMinute));
  readWhoIsThere(read, field, timesSince(asOfMinute));
  if (read.left > 0) throw new RangeError('goes on after its end');
  return field;
}

function below(value: number, end: number): number {
  if (value >= end) throw new RangeError('out of its range');
  return value;
}

function readProfiles(read: ByteReader): Float32Array[] {
  const count = below(read.byte(), mostProfiles + 1);
  return Array.from({ length: count }, () =>
    Float32Array.from({ length: hoursOfDay }, () => read.byte() / 255),
  );
}

function readKeys(read: ByteReader, count: number, end: number): Float64Array {
  const keys = new Float64Array(count);
  for (let i = 0, last = -1; i < count; i++) {
    last = below(last + 1 + read.varint(), end);
    keys[i] = last;
  }
  return keys;
}

/** 0 = never, 1 = kept free for what came after the newest; from 2 on by age. */
interface Times {
  codeOf(ms: number): number;
  msOf(code: number): number;
}
const [firstCode, freshMinutes, coarseMinutes, coarseSteps, dayMinutes] = [2, 1560, 180, 56, 1440];
const farthest = 0xffff;

function timesSince(asOfMinute: number): Times {
  // A minute ahead of what was read last, so that the seconds of this very minute have an age as well.
  const from = asOfMinute + 1;
  return {
    codeOf: (ms) => {
      if (ms === 0) return 0;
      return (
        firstCode + Math.min(farthest - firstCode, stepOfAge(from - Math.floor(ms / minuteMs)))
      );
    },
    msOf: (code) => (code === 0 ? 0 : (from - ageOfStep(code - firstCode)) * minuteMs),
  };
}
function stepOfAge(minutes: number): number {
  if (minutes < freshMinutes) return Math.max(0, minutes);
  const coarse = Math.floor((minutes - freshMinutes) / coarseMinutes);
  if (coarse < coarseSteps) return freshMinutes + coarse;
  const days = Math.floor((minutes - freshMinutes - coarseSteps * coarseMinutes) / dayMinutes);
  return freshMinutes + coarseSteps + days;
}
function ageOfStep(step: number): number {
  const coarse = step - freshMinutes;
  if (coarse < 0) return step;
  if (coarse < coarseSteps) return freshMinutes + coarse * coarseMinutes;
  return freshMinutes + coarseSteps * coarseMinutes + (coarse - coarseSteps) * dayMinutes;
}

/** The high bytes of a column apart from the low ones: they are nearly all alike. */
function writePairs(out: ByteWriter, codes: Uint16Array): void {
  for (const code of codes) out.byte(code >> 8);
  for (const code of codes) out.byte(code & 0xff);
}
function readPairs(read: ByteReader, count: number): Uint16Array {
  const codes = new Uint16Array(count);
  for (let i = 0; i < count; i++) codes[i] = read.byte() << 8;
  for (let i = 0; i < count; i++) codes[i]! |= read.byte();
  return codes;
}

function writeTimes(out: ByteWriter, field: CellField, times: Times): void {
  const visits = Uint16Array.from(field.lastVisitAtMs, times.codeOf);
  const sightings = Uint16Array.from(field.lastSightingAtMs, times.codeOf);
  for (let i = 0; i < visits.length; i++) {
    const seenSince = field.lastSightingAtMs[i]! > field.lastVisitAtMs[i]! && visits[i]! > 0;
    if (seenSince && sightings[i]! >= visits[i]!) sightings[i] = visits[i]! - 1;
  }
  writePairs(out, visits);
  writePairs(out, sightings);
}
function readTimes(read: ByteReader, field: CellField, times: Times): void {
  const count = field.cells.length;
  field.lastVisitAtMs.set(Float64Array.from(readPairs(read, count), times.msOf));
  field.lastSightingAtMs.set(Float64Array.from(readPairs(read, count), times.msOf));
}

const likelyParts = 100;

/** Of most cells nobody is known to be there now: only the others are told. */
function writeWhoIsThere(out: ByteWriter, field: CellField, times: Times): void {
  const likely = Array.from(field.likelyPeople, (people) => Math.round(people * likelyParts));
  const told = likely.flatMap((parts, i) => (parts > 0 || field.livePeople[i]! > 0 ? [i] : []));
  out.varint(told.length);
  let last = -1;
  for (const i of told) {
    out.varint(i - last - 1);
    out.varint(field.livePeople[i]!);
    out.varint(likely[i]!);
    if (likely[i]! > 0) out.varint(times.codeOf(field.likelyAtMs[i]!));
    last = i;
  }
}
function readWhoIsThere(read: ByteReader, field: CellField, times: Times): void {
  const count = below(read.varint(), field.cells.length + 1);
  for (let n = 0, last = -1; n < count; n++) {
    last = below(last + 1 + read.varint(), field.cells.length);
    field.livePeople[last] = read.varint();
    const parts = read.varint();
    field.likelyPeople[last] = parts / likelyParts;
    if (parts > 0) field.likelyAtMs[last] = times.msOf(read.varint());
  }
}
