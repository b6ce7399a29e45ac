/** What the city's public page says on a dangerously cold night. */
import { defineWords } from '../kernel/words.ts';

export const landingWords = defineWords(
  {
    danger: '今晚的寒冷有生命危险',
    feels: '体感 {{felt}}，{{level}}响应。',
    coldest: '最冷在 {{time}} 前后，体感 {{felt}}。',
    until: '预计到 {{time}}。',
    whatToDo: '今晚这样做',
    outside: '如果您今晚没有住处',
    insideFirst: '去下面任何一处取暖过夜：不要钱，来去自由，不问户籍。',
    noPlace: '走不动、找不到地方，打救助热线，我们来接。',
    keep: '别睡在地上，垫厚纸板；别喝酒御寒；湿衣服尽快换掉；几个人待在一起。',
    others: '如果您看到有人露宿',
    wake: '先看叫不叫得醒。叫不醒、说话含糊、不再发抖：马上打 120，别让人睡过去。',
    tell: '叫得醒：告诉我们在哪里，最近的巡查队会过去。',
    fromCity: '本市的话',
    callHotline: '打救助热线',
    call120: '有生命危险打 120',
    places: '看可以取暖的地方',
  },
  {
    danger: 'It is dangerously cold tonight',
    feels: 'It feels like {{felt}}; the response is {{level}}.',
    coldest: 'Coldest around {{time}}: {{felt}} felt.',
    until: 'Expected until {{time}}.',
    whatToDo: 'What to do tonight',
    outside: 'If you have nowhere to stay tonight',
    insideFirst:
      'Go to any of the places below to warm up and sleep: it is free, you may leave when you like, and nobody asks where you are from.',
    noPlace: 'Can’t walk, or can’t find one? Call the hotline and we come for you.',
    keep: 'Don’t lie on the bare ground, use thick cardboard; alcohol doesn’t keep you warm; change wet clothes; stay together.',
    others: 'If you see somebody sleeping outside',
    wake: 'See whether they can be woken. If not, or if they mumble or have stopped shivering: call 120 at once and don’t let them fall asleep.',
    tell: 'If they can: tell us where. The nearest patrol team will go there.',
    fromCity: 'From the city',
    callHotline: 'Call the hotline',
    call120: 'Life in danger: call 120',
    places: 'See where to warm up',
  },
);

declare module 'i18next' {
  interface ResourceNamespaceMap {
    landing: typeof landingWords.zh;
  }
}
