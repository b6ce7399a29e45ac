import { defineWords } from '../kernel/words.ts';

export const zonesWords = defineWords(
  {
    zone: '重点区域',
    cell: '寒冷网格',
    legend: '寒冷欠账',
    step: { '1': '轻', '2': '中', '3': '重', '4': '最重' },
    weight: '权重 {{weight}}',
    hours: '{{from}}:00–{{to}}:00',
    allDay: '全天',
    none: '还没有划定重点区域',
    why: {
      title: '为什么标出来',
      people_other: '现有线索约 {{count}} 人',
      recent_other: '近期线索 {{count}} 条',
      visited: '上次巡查在 {{ago}}',
      never: '还没有队伍来过',
      felt: '体感 {{felt}}',
    },
  },
  {
    zone: 'Priority area',
    cell: 'Cold cell',
    legend: 'Cold debt',
    step: { '1': 'low', '2': 'moderate', '3': 'high', '4': 'highest' },
    weight: 'weight {{weight}}',
    hours: '{{from}}:00–{{to}}:00',
    allDay: 'all day',
    none: 'No priority areas yet',
    why: {
      title: 'Why it is marked',
      people_one: 'about {{count}} person reported now',
      people_other: 'about {{count}} people reported now',
      recent_one: '{{count}} recent report',
      recent_other: '{{count}} recent reports',
      visited: 'last visited {{ago}}',
      never: 'no team has been here',
      felt: '{{felt}} felt',
    },
  },
);

declare module 'i18next' {
  interface ResourceNamespaceMap {
    zones: typeof zonesWords.zh;
  }
}
