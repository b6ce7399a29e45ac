/** Fills the blocks between streets: compounds with their rows of houses, old courtyards, works, malls, schools. */
import { chineseNumber } from './names.ts';
import type { NameSupply } from './names.ts';
import { nameTags } from './osm-sink.ts';
import type { OsmSink } from './osm-sink.ts';
import type { Occupancy } from './occupancy.ts';
import { groundAt } from './terrain.ts';
import type { Random } from './random.ts';
import type { Grid } from './street-lines.ts';

type Box = [u0: number, v0: number, u1: number, v1: number];
type Use = 'homes' | 'old' | 'offices' | 'works' | 'school' | 'cottages' | 'field' | 'green';

interface BlockTools {
  sink: OsmSink;
  random: Random;
  names: NameSupply;
  occupancy: Occupancy;
  schools: number;
}

export function fillBlocks(tools: Omit<BlockTools, 'schools'>, grid: Grid): void {
  const state: BlockTools = { ...tools, schools: 0 };
  for (let i = 1; i < grid.us.length; i++) {
    for (let j = 1; j < grid.vs.length; j++) {
      const box: Box = [grid.us[i - 1] ?? 0, grid.vs[j - 1] ?? 0, grid.us[i] ?? 0, grid.vs[j] ?? 0];
      fillBlock(state, box);
    }
  }
}

function landUseOf(random: Random, [u0, v0, u1, v1]: Box): Use {
  const u = (u0 + u1) / 2;
  const v = (v0 + v1) / 2;
  const far = Math.max(Math.abs(u) / 5450, Math.abs(v) / 4450);
  const dice = random.next();
  if (far > 1)
    return dice < 0.62 ? 'field' : dice < 0.82 ? 'cottages' : dice < 0.92 ? 'works' : 'green';
  if (dice < 0.025) return 'green';
  if (dice < 0.06) return 'school';
  if (u < -2550) return dice < 0.4 || u < -4600 ? 'works' : 'homes';
  const inMiddle = Math.abs(u + 400) < 1400 && Math.abs(v - 200) < 1150;
  if (inMiddle) return dice < 0.55 ? 'old' : dice < 0.85 ? 'offices' : 'homes';
  if (far < 0.75) return dice < 0.17 ? 'offices' : dice < 0.26 ? 'old' : 'homes';
  return dice < 0.2
    ? 'works'
    : dice < 0.62
      ? 'homes'
      : dice < 0.76
        ? 'cottages'
        : dice < 0.86
          ? 'green'
          : 'field';
}

/** The ground's colour reaches to the middle of the streets, houses keep their distance. */
function fillBlock(tools: BlockTools, cell: Box): void {
  const { sink, random } = tools;
  const [u0, v0, u1, v1] = cell;
  const box: Box = [u0 + 9, v0 + 9, u1 - 9, v1 - 9];
  if (u1 - u0 < 70 || v1 - v0 < 70) return;
  const corners: [number, number][] = [
    [u0, v0],
    [u1, v0],
    [u1, v1],
    [u0, v1],
    [(u0 + u1) / 2, (v0 + v1) / 2],
  ];
  const clear = corners.filter((corner) => groundAt(corner) === 'free').length;
  const use = landUseOf(random, box);
  if (clear === 0) return;
  const whole = clear === 5;
  const most = clear >= 3;
  switch (use) {
    case 'homes':
      if (most) sink.rectangle(...cell, { landuse: 'residential' });
      if (whole) compound(tools, box);
      rows(tools, box, { pitch: 42, depth: 13, length: [42, 68], gap: 13, skip: 0.04 });
      return;
    case 'old':
      if (most) sink.rectangle(...cell, { landuse: 'residential' });
      courtyards(tools, box);
      return;
    case 'offices':
      if (most) sink.rectangle(...cell, { landuse: 'commercial' });
      rows(tools, box, { pitch: 74, depth: 44, length: [40, 78], gap: 26, skip: 0.2 });
      return;
    case 'works':
      if (most) sink.rectangle(...cell, { landuse: 'industrial' });
      rows(tools, box, { pitch: 82, depth: 52, length: [70, 130], gap: 24, skip: 0.3 });
      return;
    case 'school':
      if (whole) school(tools, box);
      return;
    case 'cottages':
      if (most) sink.rectangle(...cell, { landuse: 'residential' });
      rows(tools, box, { pitch: 34, depth: 9, length: [11, 17], gap: 11, skip: 0.25 });
      return;
    case 'field':
      if (most) sink.rectangle(...cell, { landuse: 'farmland' });
      return;
    case 'green':
      if (whole) sink.rectangle(...box, { landuse: random.chance(0.5) ? 'grass' : 'forest' });
  }
}

function compound({ sink, random, names }: BlockTools, box: Box): void {
  const named = random.chance(0.2) && names.left > 0;
  if (!named) return;
  const at: [number, number] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
  sink.node(at, { place: 'neighbourhood', ...nameTags(names.compound(random)) });
}

interface RowPlan {
  pitch: number;
  depth: number;
  length: [number, number];
  gap: number;
  skip: number;
}

/** Long houses facing south, row behind row. */
function rows(tools: BlockTools, [u0, v0, u1, v1]: Box, plan: RowPlan): void {
  const { random } = tools;
  const offset = random.between(0, Math.min(plan.gap, 8));
  for (let v = v0 + 3 + offset; v + plan.depth < v1; v += plan.pitch) {
    for (let u = u0 + 3 + random.between(0, 10); ;) {
      const length = random.between(...plan.length);
      if (u + length > u1) break;
      if (!random.chance(plan.skip)) building(tools, [u, v, u + length, v + plan.depth]);
      u += length + plan.gap;
    }
  }
}

/** Houses along all four streets, a few in the yard. */
function courtyards(tools: BlockTools, [u0, v0, u1, v1]: Box): void {
  const { random } = tools;
  const depth = 14;
  for (let u = u0 + 2; u < u1 - 24;) {
    const length = Math.min(random.between(22, 48), u1 - u - 2);
    if (!random.chance(0.08)) building(tools, [u, v0 + 1, u + length, v0 + 1 + depth]);
    if (!random.chance(0.08)) building(tools, [u, v1 - 1 - depth, u + length, v1 - 1]);
    u += length + (random.chance(0.3) ? 9 : 0.8);
  }
  for (let v = v0 + depth + 9; v < v1 - depth - 30;) {
    const length = Math.min(random.between(22, 46), v1 - depth - 9 - v);
    if (!random.chance(0.1)) building(tools, [u0 + 1, v, u0 + 1 + depth, v + length]);
    if (!random.chance(0.1)) building(tools, [u1 - 1 - depth, v, u1 - 1, v + length]);
    v += length + (random.chance(0.3) ? 9 : 0.8);
  }
  rows(tools, [u0 + 36, v0 + 36, u1 - 36, v1 - 36], {
    pitch: 36,
    depth: 12,
    length: [22, 44],
    gap: 12,
    skip: 0.2,
  });
}

function school(tools: BlockTools, [u0, v0, u1, v1]: Box): void {
  const { sink } = tools;
  tools.schools += 1;
  const high = tools.schools % 2 === 0;
  const number = Math.ceil(tools.schools / 2);
  sink.rectangle(u0, v0, u1, v1, {
    amenity: 'school',
    ...nameTags({
      zh: `市第${chineseNumber(number)}${high ? '中学' : '小学'}`,
      en: `No. ${number} ${high ? 'Middle' : 'Primary'} School`,
    }),
  });
  const width = Math.min(90, u1 - u0 - 30);
  sink.rectangle(u0 + 12, v0 + 14, u0 + 12 + width, v0 + 14 + width * 0.55, { leisure: 'pitch' });
  rows(tools, [u0 + 8, v0 + width * 0.55 + 30, u1 - 8, v1 - 8], {
    pitch: 44,
    depth: 15,
    length: [44, 70],
    gap: 16,
    skip: 0.1,
  });
}

function building({ sink, occupancy, random }: BlockTools, [u0, v0, u1, v1]: Box): void {
  if (!occupancy.isFree(u0 - 1, v0 - 1, u1 + 1, v1 + 1)) return;
  if (u1 - u0 > 48 && v1 - v0 > 30 && random.chance(0.4)) {
    // An L, as large houses often are.
    const cu = u0 + (u1 - u0) * 0.45;
    const cv = v0 + (v1 - v0) * 0.5;
    sink.area(
      [
        [u0, v0],
        [u1, v0],
        [u1, cv],
        [cu, cv],
        [cu, v1],
        [u0, v1],
      ],
      { building: 'yes' },
    );
    return;
  }
  sink.rectangle(u0, v0, u1, v1, { building: 'yes' });
}
