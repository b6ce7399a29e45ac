import { defineWords } from '../kernel/words.ts';

export const stationsWords = defineWords(
  {
    one: '救助站',
    many: '救助站',
    beds: '床位',
    bedsFree: '空床 {{free}} / {{total}}',
    freeBeds: '空床',
    noneFree: '已满',
    updated: '{{ago}}更新',
    open: '开放',
    shut: '暂不开放',
    none: '还没有救助站',
    address: '地址',
    phone: '电话',
    kind: {
      men: '男床',
      women: '女床',
      family: '家庭间',
      minors: '未成年人床',
      isolation: '隔离床',
      wheelchair: '无障碍床',
      general: '普通床',
    },
    freeOfKind: '{{kind}}空 {{free}}',
    light: { free: '有空位', few: '空位不多', full: '已满', shut: '未开放' },
    stationKind: { station: '救助站', shelter: '临时庇护场所' },
  },
  {
    one: 'Station',
    many: 'Stations',
    beds: 'Beds',
    bedsFree: '{{free}} of {{total}} beds free',
    freeBeds: 'Free beds',
    noneFree: 'Full',
    updated: 'updated {{ago}}',
    open: 'Open',
    shut: 'Closed for now',
    none: 'No stations yet',
    address: 'Address',
    phone: 'Phone',
    kind: {
      men: 'Men',
      women: 'Women',
      family: 'Family',
      minors: 'Minors',
      isolation: 'Isolation',
      wheelchair: 'Wheelchair',
      general: 'General',
    },
    freeOfKind: '{{kind}}: {{free}} free',
    light: { free: 'Places free', few: 'Few places left', full: 'Full', shut: 'Closed' },
    stationKind: { station: 'Relief station', shelter: 'Temporary shelter' },
  },
);

declare module 'i18next' {
  interface ResourceNamespaceMap {
    stations: typeof stationsWords.zh;
  }
}
