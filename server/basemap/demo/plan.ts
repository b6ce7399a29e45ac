/**
 * The plan of Nuanhe 暖河: the river, the railway, the avenues, the rings, the parks and campuses.
 * Everything is laid out in metres on a straight plan (u east, v north) and bent afterwards.
 */
import type { Name } from './names.ts';

export type Point = [u: number, v: number];
export const CITY_SEED = 20_260_105;
export const HALF_WIDTH = 6000;
export const HALF_HEIGHT = 5000;

export type StreetClass =
  | 'trunk'
  | 'primary'
  | 'secondary'
  | 'tertiary'
  | 'residential'
  | 'service';

export interface Avenue {
  at: number;
  class: StreetClass;
  name: Name;
  /** East–west ones: whether the river is bridged and the railway passed underneath. */
  bridge?: Name;
  underpass?: Name;
}

const n = (zh: string, en: string): Name => ({ zh, en });

/** North–south, by their place on the east–west axis. */
export const NORTH_SOUTH: Avenue[] = [
  {
    at: -4550,
    class: 'secondary',
    name: n('机车大街', 'Jiche Street'),
    underpass: n('机车大街地道', 'Jiche Street Underpass'),
  },
  {
    at: -3350,
    class: 'primary',
    name: n('铁西大街', 'Tiexi Avenue'),
    underpass: n('铁西南地道', 'Tiexi South Underpass'),
  },
  {
    at: -1950,
    class: 'secondary',
    name: n('站前大街', 'Zhanqian Street'),
    underpass: n('站前大街地道', 'Zhanqian Street Underpass'),
  },
  { at: -1200, class: 'secondary', name: n('同心街', 'Tongxin Street') },
  {
    at: -500,
    class: 'primary',
    name: n('人民大街', 'Renmin Avenue'),
    underpass: n('人民大街地道', 'Renmin Avenue Underpass'),
  },
  { at: 150, class: 'secondary', name: n('大经街', 'Dajing Street') },
  { at: 2150, class: 'secondary', name: n('临河大街', 'Linhe Street') },
  {
    at: 2900,
    class: 'primary',
    name: n('东盛大街', 'Dongsheng Avenue'),
    underpass: n('东盛大街地道', 'Dongsheng Avenue Underpass'),
  },
  { at: 4100, class: 'secondary', name: n('柳林大街', 'Liulin Street') },
];

/** East–west, by their place on the north–south axis. */
export const EAST_WEST: Avenue[] = [
  {
    at: 3500,
    class: 'secondary',
    name: n('北安大路', "Bei'an Road"),
    underpass: n('北安地道', "Bei'an Underpass"),
  },
  {
    at: 2350,
    class: 'primary',
    name: n('松江大路', 'Songjiang Avenue'),
    bridge: n('松江大桥', 'Songjiang Bridge'),
    underpass: n('松江路地道', 'Songjiang Underpass'),
  },
  {
    at: 1550,
    class: 'secondary',
    name: n('景阳大路', 'Jingyang Road'),
    underpass: n('景阳地道', 'Jingyang Underpass'),
  },
  {
    at: 700,
    class: 'primary',
    name: n('解放大路', 'Jiefang Avenue'),
    bridge: n('解放大桥', 'Jiefang Bridge'),
    underpass: n('解放地道', 'Jiefang Underpass'),
  },
  {
    at: 0,
    class: 'secondary',
    name: n('长江路', 'Changjiang Road'),
    bridge: n('长江路桥', 'Changjiang Road Bridge'),
  },
  {
    at: -700,
    class: 'primary',
    name: n('自由大路', 'Ziyou Avenue'),
    bridge: n('自由大桥', 'Ziyou Bridge'),
    underpass: n('自由地道', 'Ziyou Underpass'),
  },
  {
    at: -1500,
    class: 'secondary',
    name: n('工农大路', 'Gongnong Road'),
    underpass: n('工农地道', 'Gongnong Underpass'),
  },
  {
    at: -2500,
    class: 'secondary',
    name: n('南湖大路', 'Nanhu Road'),
    bridge: n('南湖大桥', 'Nanhu Bridge'),
  },
  {
    at: -3300,
    class: 'primary',
    name: n('卫星大路', 'Weixing Avenue'),
    bridge: n('卫星桥', 'Weixing Bridge'),
    underpass: n('卫星路地道', 'Weixing Underpass'),
  },
];

export interface Diagonal {
  from: Point;
  to: Point;
  class: StreetClass;
  name: Name;
}

export const DIAGONALS: Diagonal[] = [
  {
    from: [-500, 700],
    to: [-1165, -1500],
    class: 'secondary',
    name: n('新民大街', 'Xinmin Street'),
  },
  {
    from: [-500, 700],
    to: [-1950, 2350],
    class: 'secondary',
    name: n('民主大街', 'Minzhu Street'),
  },
  { from: [-2260, 150], to: [-500, -700], class: 'secondary', name: n('迎宾路', 'Yingbin Road') },
  { from: [2150, 0], to: [4500, -2500], class: 'secondary', name: n('光明路', 'Guangming Road') },
  { from: [-3350, 1550], to: [-4900, 3500], class: 'tertiary', name: n('创业路', 'Chuangye Road') },
];

export interface Ring {
  center: Point;
  half: Point;
  radius: number;
  class: StreetClass;
  /** In the order north, east, south, west. */
  names: [Name, Name, Name, Name];
  bridges: [Name, Name];
}

export const RINGS: Ring[] = [
  {
    center: [100, 20],
    half: [1650, 1130],
    radius: 650,
    class: 'secondary',
    names: [
      n('北一环路', 'North 1st Ring Road'),
      n('东一环路', 'East 1st Ring Road'),
      n('南一环路', 'South 1st Ring Road'),
      n('西一环路', 'West 1st Ring Road'),
    ],
    bridges: [n('北一环桥', 'North 1st Ring Bridge'), n('南一环桥', 'South 1st Ring Bridge')],
  },
  {
    center: [-200, 0],
    half: [3700, 2900],
    radius: 1300,
    class: 'primary',
    names: [
      n('北二环路', 'North 2nd Ring Road'),
      n('东二环路', 'East 2nd Ring Road'),
      n('南二环路', 'South 2nd Ring Road'),
      n('西二环路', 'West 2nd Ring Road'),
    ],
    bridges: [n('北二环桥', 'North 2nd Ring Bridge'), n('南二环桥', 'South 2nd Ring Bridge')],
  },
  {
    center: [0, 0],
    half: [5450, 4450],
    radius: 1700,
    class: 'trunk',
    names: [
      n('环城北路', 'North Beltway'),
      n('环城东路', 'East Beltway'),
      n('环城南路', 'South Beltway'),
      n('环城西路', 'West Beltway'),
    ],
    bridges: [n('环城北桥', 'North Beltway Bridge'), n('环城南桥', 'South Beltway Bridge')],
  },
];

/** Where the river's middle lies at a height, and half its width there. */
export function riverMiddle(v: number): number {
  return 1020 + 330 * Math.sin(v / 1350 + 0.4) + 110 * Math.sin(v / 560 + 1.7);
}
export function riverHalfWidth(v: number): number {
  return (
    78 +
    16 * Math.sin(v / 900 + 2) +
    (Math.abs(v - ISLAND.v) < 420 ? 46 * Math.cos(((v - ISLAND.v) / 420) * (Math.PI / 2)) : 0)
  );
}

export const ISLAND = {
  v: -1950,
  halfLength: 230,
  halfWidth: 34,
  name: n('月亮岛', 'Moon Island'),
};
export const RIVER = n('暖河', 'Nuan River');
/** Riverside streets lie this far from the water. */
export const BANK_ROAD_GAP = 48;

export const LAKE = {
  center: [-1200, -2030] as Point,
  rx: 430,
  ry: 270,
  name: n('南湖', 'South Lake'),
};

/** The main line from north to south, the branch line to the east. */
export const MAIN_LINE: Point[] = [
  [-2900, 5100],
  [-2780, 3900],
  [-2580, 2600],
  [-2480, 1500],
  [-2460, 700],
  [-2460, -300],
  [-2500, -1300],
  [-2620, -2500],
  [-2860, -3700],
  [-3150, -5100],
];
export const BRANCH_LINE: Point[] = [
  [-2530, -1700],
  [-2440, -2500],
  [-2150, -3200],
  [-1600, -3700],
  [-800, -3900],
  [400, -3920],
  [2000, -3860],
  [4000, -3840],
  [6100, -3900],
];
export const STATION_V: [number, number] = [-180, 900];
