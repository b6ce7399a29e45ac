/** Names for small streets and compounds: pairs of characters that such names are made of, each once. */
import type { Random } from './random.ts';

export interface Name {
  zh: string;
  en: string;
}

const FIRST: [string, string][] = [
  ['永', 'Yong'],
  ['和', 'He'],
  ['安', 'An'],
  ['福', 'Fu'],
  ['瑞', 'Rui'],
  ['兴', 'Xing'],
  ['民', 'Min'],
  ['长', 'Chang'],
  ['清', 'Qing'],
  ['平', 'Ping'],
  ['德', 'De'],
  ['明', 'Ming'],
  ['文', 'Wen'],
  ['光', 'Guang'],
  ['新', 'Xin'],
  ['春', 'Chun'],
  ['富', 'Fu'],
  ['华', 'Hua'],
  ['吉', 'Ji'],
  ['宏', 'Hong'],
  ['育', 'Yu'],
];
const SECOND: [string, string][] = [
  ['安', 'an'],
  ['顺', 'shun'],
  ['宁', 'ning'],
  ['康', 'kang'],
  ['泰', 'tai'],
  ['昌', 'chang'],
  ['盛', 'sheng'],
  ['和', 'he'],
  ['平', 'ping'],
  ['德', 'de'],
  ['丰', 'feng'],
  ['祥', 'xiang'],
  ['春', 'chun'],
  ['阳', 'yang'],
  ['民', 'min'],
  ['源', 'yuan'],
  ['林', 'lin'],
  ['岭', 'ling'],
];

/** In Chinese cities of the north-east a 街 runs north–south and a 路 east–west. */
export type StreetDirection = 'north-south' | 'east-west';

export class NameSupply {
  private readonly stems: Name[];

  constructor(random: Random) {
    const pairs = FIRST.flatMap(([a, pa]) =>
      SECOND.filter(([b]) => b !== a).map(([b, pb]): Name => ({
        zh: a + b,
        en: pa + (/^[aeo]/.test(pb) ? `'${pb}` : pb),
      })),
    );
    // No two streets of the city sound alike in English either.
    const bySound = new Map(random.shuffled(pairs).map((pair) => [pair.en, pair]));
    this.stems = [...bySound.values()];
  }

  street(direction: StreetDirection): Name {
    const stem = this.take();
    return direction === 'north-south'
      ? { zh: `${stem.zh}街`, en: `${stem.en} Street` }
      : { zh: `${stem.zh}路`, en: `${stem.en} Road` };
  }

  compound(random: Random): Name {
    const stem = this.take();
    const [zh, en] = random.pick<[string, string]>([
      ['小区', 'Residential Quarter'],
      ['家园', 'Homes'],
      ['花园', 'Gardens'],
      ['新村', 'New Village'],
    ]);
    return { zh: stem.zh + zh, en: `${stem.en} ${en}` };
  }

  private take(): Name {
    const stem = this.stems.pop();
    if (!stem) throw new Error('the supply of street names is used up');
    return stem;
  }

  get left(): number {
    return this.stems.length;
  }
}

const DIGITS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** 1…99 in Chinese: 12 → 十二. */
export function chineseNumber(value: number): string {
  const tens = Math.floor(value / 10);
  const ones = value % 10;
  const head = tens === 0 ? '' : tens === 1 ? '十' : `${DIGITS[tens]}十`;
  return head + (ones === 0 && tens > 0 ? '' : (DIGITS[ones] ?? ''));
}
