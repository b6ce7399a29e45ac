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
    editor: {
      title: '画重点区域',
      hint: '在地图上逐点点击，最后点回起点',
      drawn: '区域已画好；重画会替换它',
      name: '名称',
      weight: '权重',
      weightText: '1 为一般；2 表示同样的寒冷按两倍计',
      from: '起（时）',
      to: '止（时）',
      note: '说明（可不填）',
      save: '保存区域',
      saved: '区域已保存',
    },
    why: {
      title: '为什么标出来',
      people_other: '现有线索约 {{count}} 人',
      recent_other: '近期线索 {{count}} 条',
      visited: '上次巡查在 {{ago}}',
      never: '还没有队伍来过',
      felt: '体感 {{felt}}',
      noNight: '没有启动寒夜响应',
      unvisited: '{{duration}}没有队伍来过',
      seenSince: '巡查之后又有人看到',
      zone: '在重点区域内，按 {{weight}} 倍计',
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
    editor: {
      title: 'Draw a priority area',
      hint: 'Click corner by corner on the map; finish on the first one',
      drawn: 'The area is drawn; drawing again replaces it',
      name: 'Name',
      weight: 'Weight',
      weightText: '1 is normal; 2 counts the same cold twice',
      from: 'From (hour)',
      to: 'To (hour)',
      note: 'Note (optional)',
      save: 'Save the area',
      saved: 'Area saved',
    },
    why: {
      title: 'Why it is marked',
      people_one: 'about {{count}} person reported now',
      people_other: 'about {{count}} people reported now',
      recent_one: '{{count}} recent report',
      recent_other: '{{count}} recent reports',
      visited: 'last visited {{ago}}',
      never: 'no team has been here',
      felt: '{{felt}} felt',
      noNight: 'no cold night declared',
      unvisited: 'no visit for {{duration}}',
      seenSince: 'seen again since the last visit',
      zone: 'in a priority area, counted ×{{weight}}',
    },
  },
);

declare module 'i18next' {
  interface ResourceNamespaceMap {
    zones: typeof zonesWords.zh;
  }
}
