/** What a strip on top says of the weather; the desk's words are in `desk-words.ts`. */
import { defineWords } from '../kernel/words.ts';

export const weatherWords = defineWords(
  {
    felt: '体感 {{felt}}',
    feltHere: '此处体感 {{felt}}',
    wet: '又湿又冷',
    told: '{{ago}}的数据',
    staleSince: '天气数据停在 {{ago}}',
    none: '没有新的天气数据',
    declaredOnly: '为启动时填写的数值',
  },
  {
    felt: '{{felt}} felt',
    feltHere: '{{felt}} felt here',
    wet: 'wet and cold',
    told: 'told {{ago}}',
    staleSince: 'weather last told {{ago}}',
    none: 'no recent weather',
    declaredOnly: 'as declared by hand',
  },
);

declare module 'i18next' {
  interface ResourceNamespaceMap {
    weather: typeof weatherWords.zh;
  }
}
