/** What each level changes until a city says otherwise *(ours)*; the hours until a recheck are the field's own. */
import type { ResponseLevel } from './levels.ts';

const nobody = { shelterIds: [] as string[], teamIds: [] as string[], callUp: '' };

export const usualEffects = {
  blue: {
    ...nobody,
    keyPointFactor: 1,
    recheckHours: 4,
    weightFactor: 1,
    publicZh: '今夜寒冷，露宿有危险。看见有人露宿，请打救助热线或在这里告诉我们。',
    publicEn:
      'It is cold tonight, and sleeping outside is dangerous. If you see somebody outside, call the hotline or tell us here.',
  },
  yellow: {
    ...nobody,
    keyPointFactor: 1,
    recheckHours: 4,
    weightFactor: 1.25,
    publicZh: '今夜很冷或湿冷，衣服湿了更危险。救助站整夜开门，来去自由，不问户籍。',
    publicEn:
      'It is very cold or wet tonight, and wet clothes make it worse. The stations are open all night: come and go as you like, wherever you are from.',
  },
  orange: {
    ...nobody,
    keyPointFactor: 0.75,
    recheckHours: 2,
    weightFactor: 1.5,
    publicZh:
      '今夜严寒，露宿会危及生命。请到救助站或临时庇护场所过夜；看见有人露宿，请马上打救助热线。',
    publicEn:
      'It is bitterly cold tonight: sleeping outside can kill. Please spend the night in a station or shelter; if you see somebody outside, call the hotline at once.',
  },
  red: {
    ...nobody,
    keyPointFactor: 0.5,
    recheckHours: 1,
    weightFactor: 2,
    publicZh:
      '今夜极寒，在外面几十分钟就可能冻伤。请立即到室内；看见有人露宿，请马上打救助热线，叫不醒的先打120。',
    publicEn:
      'The cold tonight is extreme: skin freezes within minutes. Go indoors now; if you see somebody outside, call the hotline at once, and 120 first if they can’t be woken.',
  },
} satisfies Record<ResponseLevel, object>;
