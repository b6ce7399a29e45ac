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
  },
);

declare module 'i18next' {
  interface ResourceNamespaceMap {
    stations: typeof stationsWords.zh;
  }
}
