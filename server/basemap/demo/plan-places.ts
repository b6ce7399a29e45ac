/** The plan's parks, campuses, hospitals, markets and the names of its parts. */
import type { Name } from './names.ts';
import type { Point } from './plan.ts';

const n = (zh: string, en: string): Name => ({ zh, en });

export type ZoneKind =
  | 'park'
  | 'university'
  | 'hospital'
  | 'wood'
  | 'plaza'
  | 'station'
  | 'stadium'
  | 'market';

/** A place that small streets do not cross. */
export interface Zone {
  kind: ZoneKind;
  name?: Name;
  box: [u0: number, v0: number, u1: number, v1: number];
}

export const ZONES: Zone[] = [
  { kind: 'park', name: n('南湖公园', 'South Lake Park'), box: [-1900, -2440, -560, -1560] },
  { kind: 'park', name: n('胜利公园', 'Victory Park'), box: [-1900, 1180, -1560, 1500] },
  { kind: 'park', name: n('儿童公园', "Children's Park"), box: [-1150, -330, -870, -50] },
  { kind: 'park', name: n('东盛公园', 'Dongsheng Park'), box: [2960, 90, 3400, 480] },
  { kind: 'park', name: n('机车公园', 'Jiche Park'), box: [-4490, 280, -4130, 640] },
  { kind: 'park', name: n('北关公园', 'Beiguan Park'), box: [-440, 2990, -60, 3440] },
  { kind: 'park', name: n('柳林公园', 'Liulin Park'), box: [3010, -2000, 3390, -1600] },
  { kind: 'park', name: n('卫星公园', 'Weixing Park'), box: [-440, -3240, 60, -2980] },
  { kind: 'park', name: n('劳动公园', 'Labour Park'), box: [-3290, -1440, -2980, -1000] },
  { kind: 'wood', name: n('东山森林公园', 'Dongshan Forest Park'), box: [4350, 1750, 5200, 3400] },
  { kind: 'university', name: n('暖河大学', 'Nuanhe University'), box: [-1140, 1610, -560, 2290] },
  {
    kind: 'university',
    name: n('北方工业学院', 'Northern Institute of Technology'),
    box: [-4490, -2440, -3920, -1560],
  },
  {
    kind: 'university',
    name: n('暖河师范学院', 'Nuanhe Normal College'),
    box: [2210, -2440, 2840, -1860],
  },
  {
    kind: 'hospital',
    name: n('暖河市中心医院', 'Nuanhe Central Hospital'),
    box: [-440, 60, -210, 330],
  },
  {
    kind: 'hospital',
    name: n('暖河大学附属医院', 'Nuanhe University Hospital'),
    box: [-440, 1610, -190, 1900],
  },
  {
    kind: 'hospital',
    name: n('铁西区人民医院', "Tiexi District People's Hospital"),
    box: [-3290, 60, -3050, 300],
  },
  {
    kind: 'hospital',
    name: n('河东区医院', 'Hedong District Hospital'),
    box: [2560, 760, 2840, 1010],
  },
  {
    kind: 'hospital',
    name: n('市第二人民医院', "Second People's Hospital"),
    box: [-1140, -1440, -900, -1190],
  },
  {
    kind: 'hospital',
    name: n('市中医院', 'Hospital of Chinese Medicine'),
    box: [-1890, -640, -1680, -420],
  },
  {
    kind: 'hospital',
    name: n('市妇幼保健院', 'Maternal and Child Hospital'),
    box: [2960, -640, 3190, -420],
  },
  { kind: 'stadium', name: n('南岭体育场', 'Nanling Stadium'), box: [-110, -1980, 90, -1600] },
  {
    kind: 'market',
    name: n('光复路批发市场', 'Guangfu Wholesale Market'),
    box: [-1890, 60, -1660, 240],
  },
  { kind: 'market', name: n('老街夜市', 'Old Street Night Market'), box: [-420, -330, -220, -260] },
  { kind: 'market', name: n('东盛夜市', 'Dongsheng Night Market'), box: [2500, -120, 2840, -60] },
  {
    kind: 'market',
    name: n('铁西早夜市', 'Tiexi Day-and-Night Market'),
    box: [-3700, 760, -3420, 830],
  },
  { kind: 'station', box: [-2600, -180, -2260, 900] },
];

/** The round square where the first diagonals meet. */
export const SQUARE = {
  center: [-500, 700] as Point,
  radius: 105,
  name: n('人民广场', "People's Square"),
};

export const DISTRICTS: { name: Name; at: Point }[] = [
  { name: n('老城区', 'Old Town'), at: [-560, 330] },
  { name: n('铁西区', 'Tiexi District'), at: [-3900, -250] },
  { name: n('河东区', 'Hedong District'), at: [3350, 1150] },
  { name: n('南湖区', 'Nanhu District'), at: [-900, -2860] },
  { name: n('北关区', 'Beiguan District'), at: [-900, 3200] },
];

export const QUARTERS: { name: Name; at: Point }[] = [
  { name: n('站前', 'Zhanqian'), at: [-1720, 440] },
  { name: n('文昌里', 'Wenchangli'), at: [-800, 1330] },
  { name: n('南关', 'Nanguan'), at: [-180, -1150] },
  { name: n('机车厂', 'Jichechang'), at: [-4200, 1150] },
  { name: n('铁北', 'Tiebei'), at: [-1500, 2780] },
  { name: n('八里堡', 'Balipu'), at: [3300, 2650] },
  { name: n('杨家店', 'Yangjiadian'), at: [4650, -800] },
  { name: n('卫星', 'Weixing'), at: [-1500, -3560] },
  { name: n('临河', 'Linhe'), at: [2480, -1150] },
  { name: n('柳影', 'Liuying'), at: [400, 2720] },
  { name: n('开源', 'Kaiyuan'), at: [-4900, -2900] },
  { name: n('东荣', 'Dongrong'), at: [3500, -3000] },
];
