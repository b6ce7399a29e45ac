/** What every screen says of a night: its level and that it is a drill. The desk's own words are in `desk-words.ts`. */
import { defineWords } from '../kernel/words.ts';

export const responseWords = defineWords(
  {
    level: { blue: '蓝色', yellow: '黄色', orange: '橙色', red: '红色' },
    bar: { none: '今晚没有寒夜响应', felt: '体感 {{felt}}' },
    drill: '演练',
  },
  {
    level: { blue: 'Blue', yellow: 'Yellow', orange: 'Orange', red: 'Red' },
    bar: { none: 'No cold night declared', felt: '{{felt}} felt' },
    drill: 'Drill',
  },
);

declare module 'i18next' {
  interface ResourceNamespaceMap {
    response: typeof responseWords.zh;
  }
}
