/** Parks, campuses, hospitals, markets, cash machines, the underpasses for people on foot, and the names of districts. */
import type { Name } from './names.ts';
import { nameTags } from './osm-sink.ts';
import type { OsmSink } from './osm-sink.ts';
import type { Occupancy } from './occupancy.ts';
import { EAST_WEST, HALF_HEIGHT, HALF_WIDTH, NORTH_SOUTH, riverMiddle } from './plan.ts';
import { DISTRICTS, QUARTERS, SQUARE, ZONES } from './plan-places.ts';
import type { Point } from './plan.ts';
import type { Zone } from './plan-places.ts';
import type { Random } from './random.ts';
import { groundAt } from './terrain.ts';

const CITY: Name = { zh: '暖河市', en: 'Nuanhe' };

export function drawZones(sink: OsmSink, random: Random, occupancy: Occupancy): void {
  for (const zone of ZONES) {
    drawZone(sink, random, zone);
    occupancy.markBox(...zone.box);
  }
  const green: Point[] = [];
  for (let i = 0; i < 32; i++) {
    const angle = (i / 32) * 2 * Math.PI;
    green.push([SQUARE.center[0] + 82 * Math.cos(angle), SQUARE.center[1] + 82 * Math.sin(angle)]);
  }
  sink.area(green, { leisure: 'park', ...nameTags(SQUARE.name) });
  occupancy.markBox(
    SQUARE.center[0] - 120,
    SQUARE.center[1] - 120,
    SQUARE.center[0] + 120,
    SQUARE.center[1] + 120,
  );
}

function drawZone(sink: OsmSink, random: Random, { kind, name, box }: Zone): void {
  const [u0, v0, u1, v1] = box;
  const inset: Zone['box'] = [u0 + 6, v0 + 6, u1 - 6, v1 - 6];
  switch (kind) {
    case 'park':
      sink.rectangle(...inset, { leisure: 'park', ...nameTags(name) });
      parkPaths(sink, inset, name?.zh === '南湖公园');
      return;
    case 'wood':
      sink.rectangle(...inset, { leisure: 'park', ...nameTags(name) });
      sink.rectangle(u0 + 40, v0 + 40, u1 - 40, v1 - 40, { natural: 'wood' });
      return;
    case 'university':
      sink.rectangle(...inset, { amenity: 'university', ...nameTags(name) });
      campus(sink, random, inset);
      return;
    case 'hospital':
      sink.rectangle(...inset, { amenity: 'hospital', ...nameTags(name) });
      sink.rectangle(u0 + 24, v0 + 30, u1 - 24, v0 + 62, { building: 'hospital' });
      sink.rectangle(u0 + 40, v0 + 86, u1 - 60, v0 + 108, { building: 'hospital' });
      sink.rectangle(u0 + 24, v1 - 70, u1 - 70, v1 - 40, { building: 'hospital' });
      return;
    case 'stadium':
      sink.rectangle(...inset, { leisure: 'stadium', ...nameTags(name) });
      sink.rectangle(u0 + 50, v0 + 110, u1 - 50, v1 - 110, { leisure: 'pitch' });
      return;
    case 'market':
      sink.rectangle(...inset, { amenity: 'marketplace', ...nameTags(name) });
      for (let u = u0 + 14; u + 22 < u1 - 10; u += 30)
        sink.rectangle(u, v0 + 14, u + 22, v1 - 14, { building: 'yes' });
      return;
    case 'plaza':
    case 'station':
  }
}

function parkPaths(sink: OsmSink, [u0, v0, u1, v1]: Zone['box'], aroundLake: boolean): void {
  const path = { highway: 'footway' };
  const ring: Point[] = [];
  const cu = (u0 + u1) / 2;
  const cv = (v0 + v1) / 2;
  const share = aroundLake ? 0.9 : 0.62;
  for (let i = 0; i <= 32; i++) {
    const angle = (i / 32) * 2 * Math.PI;
    const swell = 1 + 0.06 * Math.sin(4 * angle);
    ring.push([
      cu + ((u1 - u0) / 2) * share * swell * Math.cos(angle),
      cv + ((v1 - v0) / 2) * share * swell * Math.sin(angle),
    ]);
  }
  sink.line(ring, path);
  if (aroundLake) return;
  sink.line(
    [
      [u0, v0],
      [cu, cv],
      [u1, v1],
    ],
    path,
  );
  sink.line(
    [
      [u0, v1],
      [cu, cv],
      [u1, v0],
    ],
    path,
  );
}

function campus(sink: OsmSink, random: Random, [u0, v0, u1, v1]: Zone['box']): void {
  sink.rectangle(u0 + 30, v0 + 30, u0 + 160, v0 + 110, { leisure: 'pitch' });
  for (let v = v0 + 140; v + 40 < v1; v += 78) {
    for (let u = u0 + 30; u + 90 < u1; u += 118) {
      if (random.chance(0.82))
        sink.rectangle(u, v, u + random.between(60, 92), v + random.between(18, 34), {
          building: 'university',
        });
    }
  }
}

export function drawLabels(sink: OsmSink): void {
  sink.node([-250, 180], { place: 'city', population: '1830000', ...nameTags(CITY) });
  for (const { name, at } of DISTRICTS) sink.node(at, { place: 'suburb', ...nameTags(name) });
  for (const { name, at } of QUARTERS) sink.node(at, { place: 'quarter', ...nameTags(name) });
  cityBoundary(sink);
}

function cityBoundary(sink: OsmSink): void {
  const points: Point[] = [];
  for (let i = 0; i < 72; i++) {
    const angle = (i / 72) * 2 * Math.PI;
    // A rounded box, a little uneven, that holds all streets.
    const c = Math.cos(angle);
    const s = Math.sin(angle);
    const reach = 1 / Math.max(Math.abs(c) ** 6 + Math.abs(s) ** 6, 1e-9) ** (1 / 6);
    const uneven = 1.03 + 0.012 * Math.sin(7 * angle + 1) + 0.008 * Math.sin(13 * angle);
    points.push([HALF_WIDTH * reach * uneven * c, HALF_HEIGHT * reach * uneven * s]);
  }
  const way = sink.area(points, { boundary: 'administrative', admin_level: '5' });
  sink.relation([{ type: 'way', ref: way, role: 'outer' }], {
    type: 'boundary',
    boundary: 'administrative',
    admin_level: '5',
    ...nameTags(CITY),
  });
}

const BANKS: [Name, ...Name[]] = [
  { zh: '暖河银行', en: 'Bank of Nuanhe' },
  { zh: '松辽农商银行', en: 'Songliao Rural Commercial Bank' },
  { zh: '北原银行', en: 'Beiyuan Bank' },
  { zh: '东盛储蓄银行', en: 'Dongsheng Savings Bank' },
];

/** Cash machines stand at corners of avenues, where the booths are. */
export function drawCashMachines(sink: OsmSink, random: Random): void {
  for (const street of NORTH_SOUTH) {
    for (const road of EAST_WEST) {
      const far = Math.max(Math.abs(street.at) / 5000, Math.abs(road.at) / 4000);
      if (!random.chance(far < 0.45 ? 0.95 : 0.45)) continue;
      const at: Point = [
        street.at + (random.chance(0.5) ? 34 : -34),
        road.at + (random.chance(0.5) ? 30 : -30),
      ];
      if (groundAt(at) !== 'free') continue;
      const bank = random.pick(BANKS);
      const branch = random.chance(0.4);
      const place: Name = branch
        ? {
            zh: `${bank.zh}${street.name.zh.replace(/大街|街/, '')}支行`,
            en: `${bank.en}, ${street.name.en.replace(/ (Street|Avenue)/, '')} Branch`,
          }
        : { zh: `${bank.zh}自助银行`, en: `${bank.en} ATM` };
      sink.node(at, {
        amenity: branch ? 'bank' : 'atm',
        ...(branch ? { atm: 'yes' } : {}),
        ...nameTags(place),
        operator: bank.zh,
        'operator:en': bank.en,
      });
    }
  }
}

const SERVICES: { at: Point; tags: Record<string, string>; name: Name }[] = [
  {
    at: [-700, -870],
    tags: { amenity: 'townhall' },
    name: { zh: '暖河市人民政府', en: 'Nuanhe City Hall' },
  },
  {
    at: [-1650, 830],
    tags: { amenity: 'social_facility' },
    name: { zh: '暖河市救助管理站', en: 'Nuanhe Aid Station' },
  },
  {
    at: [2480, 300],
    tags: { amenity: 'social_facility' },
    name: { zh: '河东救助管理站', en: 'Hedong Aid Station' },
  },
  {
    at: [-3560, -350],
    tags: { amenity: 'social_facility' },
    name: { zh: '铁西救助服务点', en: 'Tiexi Aid Point' },
  },
  {
    at: [-2220, 60],
    tags: { amenity: 'police' },
    name: { zh: '站前派出所', en: 'Zhanqian Police Station' },
  },
  {
    at: [280, -400],
    tags: { amenity: 'police' },
    name: { zh: '大经路派出所', en: 'Dajing Police Station' },
  },
  {
    at: [2700, -900],
    tags: { amenity: 'police' },
    name: { zh: '临河派出所', en: 'Linhe Police Station' },
  },
  { at: [-150, 500], tags: { tourism: 'museum' }, name: { zh: '暖河博物馆', en: 'Nuanhe Museum' } },
  { at: [-800, 400], tags: { amenity: 'library' }, name: { zh: '市图书馆', en: 'City Library' } },
  {
    at: [-330, 830],
    tags: { shop: 'mall' },
    name: { zh: '人民广场购物中心', en: "People's Square Mall" },
  },
  { at: [-640, -560], tags: { shop: 'mall' }, name: { zh: '自由天地', en: 'Ziyou Plaza' } },
  {
    at: [3050, 830],
    tags: { shop: 'mall' },
    name: { zh: '东盛万和广场', en: 'Dongsheng Wanhe Plaza' },
  },
  {
    at: [-3200, 560],
    tags: { shop: 'mall' },
    name: { zh: '铁西百货', en: 'Tiexi Department Store' },
  },
  { at: [-1050, -2640], tags: { shop: 'mall' }, name: { zh: '南湖新天地', en: 'South Lake Mall' } },
  {
    at: [3760, 2480],
    tags: { amenity: 'bus_station' },
    name: { zh: '城东客运站', en: 'East Bus Station' },
  },
  {
    at: [-640, -3420],
    tags: { amenity: 'bus_station' },
    name: { zh: '城南客运站', en: 'South Bus Station' },
  },
];

/** Passages under large crossings: dry, out of the wind, and where people sleep. */
const PASSAGES: { at: Point; name: Name }[] = [
  { at: [-500, 810], name: { zh: '人民广场地下通道', en: "People's Square Passage" } },
  { at: [-500, -700], name: { zh: '自由大路地下通道', en: 'Ziyou Avenue Passage' } },
  { at: [-1950, 290], name: { zh: '站前地下通道', en: 'Zhanqian Passage' } },
  { at: [150, 700], name: { zh: '大经街地下通道', en: 'Dajing Street Passage' } },
  { at: [-500, 1550], name: { zh: '景阳地下通道', en: 'Jingyang Passage' } },
  { at: [2900, 700], name: { zh: '东盛地下通道', en: 'Dongsheng Passage' } },
  { at: [2150, -700], name: { zh: '临河地下通道', en: 'Linhe Passage' } },
  { at: [-3350, -700], name: { zh: '铁西地下通道', en: 'Tiexi Passage' } },
  { at: [-500, -2500], name: { zh: '南湖大路地下通道', en: 'Nanhu Road Passage' } },
];

export function drawServices(sink: OsmSink): void {
  for (const { at, tags, name } of SERVICES) sink.node(at, { ...tags, ...nameTags(name) });
  for (const { at, name } of PASSAGES) {
    sink.line(
      [
        [at[0] - 32, at[1] + 20],
        [at[0] + 32, at[1] + 20],
      ],
      { highway: 'footway', tunnel: 'yes', layer: '-1', ...nameTags(name) },
    );
  }
  // A footbridge over the river by the island.
  const middle = riverMiddle(-1950);
  sink.line(
    [
      [middle - 190, -1950],
      [middle, -1950],
      [middle + 190, -1950],
    ],
    {
      highway: 'footway',
      bridge: 'yes',
      layer: '1',
      ...nameTags({ zh: '月亮岛步行桥', en: 'Moon Island Footbridge' }, 'bridge:'),
    },
  );
}
