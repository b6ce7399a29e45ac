/** What a demo city's teams, stations and zones are called: a Chinese city in Chinese, any other in English. */
import type { KeyPointKind } from '../../shared/basemap/schema.ts';
import type { BedKind } from '../../shared/stations/schema.ts';

export interface SeedStation {
  name: string;
  phone: string;
  places: Partial<Record<BedKind, number>>;
  /** of a shelter that is only prepared */
  prepared?: { contact: string; setUpMinutes: number };
}

export interface SeedWords {
  teams: readonly (readonly [name: string, callSign: string, vehicle: string])[];
  /** north-west, north, north-east, south-west, south, south-east */
  areas: readonly string[];
  /** those that are open, then the shelters that are only prepared */
  stations: readonly SeedStation[];
  depot: string;
  /** a bed's number is behind it */
  beds: Record<BedKind, string>;
  leftTo: readonly string[];
  zones: { station: string; bridges: string; hospital: string; park: string };
  zoneNote: string;
  nightNote: string;
  /** whom each level calls up */
  callUp: Record<'yellow' | 'orange' | 'red', string>;
  address(street: string, number: number): string;
  /** what a place without a name is called, by its kind */
  places: Record<KeyPointKind, string>;
  members: readonly string[];
  visitNotes: readonly string[];
}

const largeHouse: SeedStation['places'] = {
  men: 28,
  women: 14,
  family: 6,
  minors: 4,
  isolation: 4,
  wheelchair: 4,
};

const chinese: SeedWords = {
  teams: [
    ['民政一队', '民政1', '救助车 01'],
    ['民政二队', '民政2', '救助车 02'],
    ['民政三队', '民政3', '救助车 03'],
    ['联合巡查一组（民政·公安·城管）', '联巡1', '依维柯 11'],
    ['联合巡查二组（民政·卫健）', '联巡2', '救护型 12'],
    ['救助站机动队', '机动', '七座商务 21'],
    ['暖冬志愿队', '志愿', '面包车 31'],
  ],
  areas: ['西北片区', '北部片区', '东北片区', '西南片区', '南部片区', '东南片区'],
  stations: [
    { name: '市救助管理站', phone: '0000-5550101', places: largeHouse },
    { name: '城东救助站', phone: '0000-5550102', places: { men: 14, women: 8, family: 2 } },
    { name: '城西救助站', phone: '0000-5550103', places: { men: 12, women: 6, wheelchair: 2 } },
    { name: '站前求助服务点', phone: '0000-5550104', places: { general: 8 } },
    {
      name: '第三中学体育馆',
      phone: '0000-5550105',
      places: { general: 80 },
      prepared: { contact: '总务处 0000-5550115', setUpMinutes: 60 },
    },
    {
      name: '河滨社区活动中心',
      phone: '0000-5550106',
      places: { men: 18, women: 12 },
      prepared: { contact: '社区值班 0000-5550116', setUpMinutes: 25 },
    },
  ],
  depot: '市救助物资库',
  beds: {
    men: '男',
    women: '女',
    family: '家庭',
    minors: '未成年',
    isolation: '隔离',
    wheelchair: '无障碍',
    general: '床',
  },
  leftTo: ['自行离站', '家人接回', '购票返乡', '转街道安置'],
  zones: {
    station: '站前夜间重点区',
    bridges: '沿河桥下重点区',
    hospital: '医院门厅周边',
    park: '公园长廊周边',
  },
  zoneNote: '夜间常有人过夜，请优先查看。',
  nightNote: '模拟数据：午后起风转雪，今夜大风降温，各队加密巡查。',
  callUp: {
    yellow: '通知各街道值守人员；救助车加满油、装足棉被和热水。',
    orange: '通知城管、公安、卫健联络员；志愿队到岗；河滨社区活动中心备好床铺和暖气。',
    red: '请各联合单位派员到岗；地铁站、医院大厅夜间不清场；两处庇护场所都备好，随时开门。',
  },
  address: (street, number) => `${street}${number}号`,
  places: {
    bridge: '桥下',
    underpass: '地下通道',
    station: '车站',
    cash_machine: '自助银行',
    park: '公园',
    hospital: '医院大厅',
  },
  members: ['王建国', '李桂兰', '赵伟', '陈静', '刘洋', '孙丽', '周强', '吴敏'],
  visitNotes: ['没有人', '没有人，灯坏了', '有一人，已另作记录'],
};

const english: SeedWords = {
  teams: [
    ['Outreach 1', 'OUT-1', 'Van 01'],
    ['Outreach 2', 'OUT-2', 'Van 02'],
    ['Outreach 3', 'OUT-3', 'Van 03'],
    ['Joint patrol A (outreach, police)', 'JOINT-A', 'Minibus 11'],
    ['Joint patrol B (outreach, health)', 'JOINT-B', 'Minibus 12'],
    ['Station reserve', 'RES', 'Minivan 21'],
    ['Winter volunteers', 'VOL', 'Car 31'],
  ],
  areas: ['North-west', 'North', 'North-east', 'South-west', 'South', 'South-east'],
  stations: [
    { name: 'Central relief station', phone: '+000 555 0101', places: largeHouse },
    { name: 'East station', phone: '+000 555 0102', places: { men: 14, women: 8, family: 2 } },
    { name: 'West station', phone: '+000 555 0103', places: { men: 12, women: 6, wheelchair: 2 } },
    { name: 'Help point by the railway', phone: '+000 555 0104', places: { general: 8 } },
    {
      name: 'Sports hall of School No. 3',
      phone: '+000 555 0105',
      places: { general: 80 },
      prepared: { contact: 'caretaker +000 555 0115', setUpMinutes: 60 },
    },
    {
      name: 'Riverside community centre',
      phone: '+000 555 0106',
      places: { men: 18, women: 12 },
      prepared: { contact: 'on call +000 555 0116', setUpMinutes: 25 },
    },
  ],
  depot: 'City relief depot',
  beds: {
    men: 'M',
    women: 'W',
    family: 'F',
    minors: 'Y',
    isolation: 'ISO',
    wheelchair: 'ACC',
    general: 'B',
  },
  leftTo: ['left on their own', 'with family', 'by train home', 'to a flat of the city'],
  zones: {
    station: 'Around the railway station',
    bridges: 'Under the bridges',
    hospital: 'Hospital halls',
    park: 'Park pavilions',
  },
  zoneNote: 'People often spend the night here: look here first.',
  nightNote: 'Simulated: wind and snow since noon, much colder tonight.',
  callUp: {
    yellow: 'Tell the district desks; fill up the vans, quilts and hot water aboard.',
    orange:
      'Tell police, health and street services; volunteers on duty; beds and heating ready in the community centre.',
    red: 'Every partner sends people; stations and hospital halls stay open all night; both shelters ready to open.',
  },
  address: (street, number) => `${street} ${number}`,
  places: {
    bridge: 'Under the bridge',
    underpass: 'Underpass',
    station: 'Station',
    cash_machine: 'Cash machine',
    park: 'Park',
    hospital: 'Hospital hall',
  },
  members: ['A. Virtanen', 'B. Korhonen', 'C. Nieminen', 'D. Laine', 'E. Heikkinen', 'F. Koskinen'],
  visitNotes: ['Nobody there', 'Nobody there, the lamp is broken', 'One person, recorded apart'],
};

export const seedWords = (timeZone: string): SeedWords =>
  /^Asia\/(Shanghai|Chongqing|Harbin|Urumqi|Hong_Kong|Macau|Taipei)$/.test(timeZone)
    ? chinese
    : english;
