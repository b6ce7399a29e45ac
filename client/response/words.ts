import { defineWords } from '../kernel/words.ts';

export const responseWords = defineWords(
  {
    night: '寒夜响应',
    level: { blue: '蓝色', yellow: '黄色', orange: '橙色', red: '红色' },
    levelLong: {
      blue: '蓝色预警',
      yellow: '黄色预警',
      orange: '橙色预警',
      red: '红色预警',
    },
    bar: { none: '今晚没有寒夜响应', felt: '体感 {{felt}}' },
    felt: '体感温度',
    temperature: '气温（°C）',
    wind: '风速（公里/小时）',
    declare: '启动寒夜响应',
    change: '调整级别',
    end: '结束响应',
    endTitle: '结束今晚的寒夜响应？',
    endText: '所有屏幕上的级别和体感温度会一起撤下。',
    declared: '{{time}} 启动',
    note: '说明（可不填）',
    danger: '今晚的寒冷有生命危险',
    dangerText:
      '体感 {{felt}}，{{level}}预警。在外面过夜有冻伤、失温的危险。看到有人露宿，请告诉我们。',
  },
  {
    night: 'Cold-night response',
    level: { blue: 'Blue', yellow: 'Yellow', orange: 'Orange', red: 'Red' },
    levelLong: {
      blue: 'Blue warning',
      yellow: 'Yellow warning',
      orange: 'Orange warning',
      red: 'Red warning',
    },
    bar: { none: 'No cold night declared', felt: '{{felt}} felt' },
    felt: 'Felt temperature',
    temperature: 'Temperature (°C)',
    wind: 'Wind (km/h)',
    declare: 'Declare a cold night',
    change: 'Change the level',
    end: 'End the response',
    endTitle: 'End tonight’s cold-night response?',
    endText: 'The level and felt temperature disappear from every screen.',
    declared: 'declared {{time}}',
    note: 'Note (optional)',
    danger: 'It is dangerously cold tonight',
    dangerText:
      'It feels like {{felt}}, {{level}} warning. A night outside can mean frostbite or hypothermia. If you see someone sleeping outside, tell us.',
  },
);

declare module 'i18next' {
  interface ResourceNamespaceMap {
    response: typeof responseWords.zh;
  }
}
