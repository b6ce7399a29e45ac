import { defineWords } from '../kernel/words.ts';

export const vehiclesWords = defineWords(
  {
    mode: { van: '面包车', car: '轿车', ebike: '电动自行车', foot: '步行' },
    state: { ready: '可用', broken: '故障' },
    seats_other: '可带 {{count}} 人',
    wheelchairs_other: '{{count}} 个轮椅位',
    sayBroken: '报告故障',
    sayReady: '已修好',
    changed: '已登记',
  },
  {
    mode: { van: 'Van', car: 'Car', ebike: 'E-bike', foot: 'On foot' },
    state: { ready: 'Ready', broken: 'Broken down' },
    seats_one: 'room for {{count}}',
    seats_other: 'room for {{count}}',
    wheelchairs_one: '{{count}} wheelchair',
    wheelchairs_other: '{{count}} wheelchairs',
    sayBroken: 'Report a breakdown',
    sayReady: 'Repaired',
    changed: 'Recorded',
  },
);

declare module 'i18next' {
  interface ResourceNamespaceMap {
    vehicles: typeof vehiclesWords.zh;
  }
}
