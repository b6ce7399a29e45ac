/** What simulated people write: short, true to the field, and respectful. */
import type { KeyPointKind } from '../../shared/basemap/schema.ts';
import type { Outcome } from '../../shared/dispatch/schema.ts';
import type { VulnerableFlag } from '../../shared/sightings/schema.ts';
import type { Dice } from './dice.ts';

export type NoteLanguage = 'zh' | 'en';
type Phrases = Record<NoteLanguage, readonly string[]>;

const places: Record<KeyPointKind, Phrases> = {
  bridge: {
    zh: [
      '桥洞靠河一侧，有人裹着被子躺着，叫了有回应。',
      '桥下背风处铺了纸板，人在里面，说不想走远。',
      '桥墩旁有铺盖和行李，人醒着，愿意说话。',
      '送单路过桥下，看到有人靠着柱子坐着，风很大。',
    ],
    en: [
      'Under the bridge on the river side, wrapped in a quilt, answers when spoken to.',
      'Cardboard and bags by the pillar, out of the wind. The person is awake.',
      'Sitting against the bridge pillar, very windy here.',
    ],
  },
  underpass: {
    zh: [
      '地下通道东口台阶下有人休息，地面潮湿。',
      '通道里灯坏了一盏，靠墙有人躺着，盖得很薄。',
      '清扫时看到通道拐角有人过夜，已轻声问候，未打扰。',
    ],
    en: [
      'Resting below the steps of the underpass, the floor is wet.',
      'Lying along the wall in the underpass, only a thin cover.',
      'One lamp is out in the passage; somebody is sleeping near it.',
    ],
  },
  station: {
    zh: [
      '出站口旁的长椅上，带着一个拉杆箱，说在等天亮的车。',
      '候车厅关门后人在门廊避风，愿意接受帮助。',
      '车站广场东侧，坐在台阶上，手冻得发红。',
    ],
    en: [
      'On the bench by the exit with one suitcase, waiting for the morning train.',
      'In the porch since the waiting hall closed, would accept help.',
      'On the station steps, hands red from the cold.',
    ],
  },
  cash_machine: {
    zh: [
      '自助银行里有人靠墙休息，门能关上，比外面暖一些。',
      '取款机隔间里有人坐着睡着了，呼吸平稳。',
    ],
    en: [
      'Resting inside the cash-machine booth, the door closes, a little warmer than outside.',
      'Asleep sitting up in the booth, breathing calmly.',
    ],
  },
  park: {
    zh: [
      '公园凉亭长椅上，盖着大衣，身边有热水瓶。',
      '公园公厕背面有人搭了塑料布避风。',
      '湖边长廊里有人过夜，狗在旁边陪着。',
    ],
    en: [
      'On the pavilion bench under a coat.',
      'A plastic sheet against the wind behind the park toilets, somebody is inside.',
      'Sleeping in the lakeside corridor, with a dog beside.',
    ],
  },
  hospital: {
    zh: ['急诊楼外走廊，说来看病没有住处。', '医院门厅侧门，裹着毯子坐着，想找地方过夜。'],
    en: [
      'Outside the emergency building, came to see a doctor and has nowhere to stay.',
      'At the side door of the hospital hall, wrapped in a blanket, looking for a place for the night.',
    ],
  },
};

const seen: Partial<Record<VulnerableFlag, Phrases>> = {
  elderly: {
    zh: ['是位老人。', '看着七十多岁。'],
    en: ['An elderly person.', 'Seems over seventy.'],
  },
  minor: {
    zh: ['看着像未成年人，独自一人，请尽快。'],
    en: ['Looks under age and is alone, please hurry.'],
  },
  injured: { zh: ['脚上有伤，走路困难。'], en: ['A hurt foot, walking is hard.'] },
  ill: { zh: ['一直咳嗽。'], en: ['Coughing all the time.'] },
  thinly_dressed: { zh: ['穿得很单薄。'], en: ['Very thinly dressed.'] },
  limited_mobility: { zh: ['拄着拐杖。'], en: ['Uses a crutch.'] },
  drunk: { zh: ['喝了酒，叫得醒。'], en: ['Has been drinking, can be woken.'] },
  unresponsive: {
    zh: ['叫了几声没有反应，已打120。'],
    en: ['Did not react to calling, 120 has been called.'],
  },
  mental_disorder: { zh: ['自言自语，情绪不太稳。'], en: ['Talks to himself, seems unsettled.'] },
  pregnant: { zh: ['是位孕妇。'], en: ['She is pregnant.'] },
  with_infant: { zh: ['带着一个小孩子。'], en: ['With a small child.'] },
};

const encounters: Record<Outcome, Phrases> = {
  aided_on_street: {
    zh: [
      '交谈十分钟，发放物资，留了救助联系卡。',
      '暂不愿进站，收下棉被和热水，答应有事打电话。',
      '已告知站内可免费住宿，表示再想想，先保暖。',
    ],
    en: [
      'Talked for ten minutes, gave supplies and the contact card.',
      'Would rather stay for now; took a quilt and hot water and will call if needed.',
      'Told that the station is free of charge; wants to think about it, kept warm meanwhile.',
    ],
  },
  escorted: {
    zh: ['愿意进站，已护送。', '解释后同意到站里过夜，随身物品一并带上。'],
    en: [
      'Willing to come, escorted to the station.',
      'Agreed to spend the night at the station, belongings came along.',
    ],
  },
  refused: {
    zh: ['说明政策后仍婉拒，尊重本人意愿，稍后再来看。'],
    en: ['Declined after the offer was explained; respected, we will come by again.'],
  },
  hospital: {
    zh: ['体征不稳，120已接走，队员陪同。'],
    en: ['Vital signs unsteady, taken by ambulance, a team member went along.'],
  },
  police: {
    zh: ['疑似走失人员，已移交派出所核实身份。'],
    en: ['Possibly a missing person, handed to the police to establish identity.'],
  },
  not_found: {
    zh: ['周边二百米内查看两遍，未见到人。', '只见铺盖，人不在，请附近留意。'],
    en: [
      'Looked twice within two hundred metres, nobody here.',
      'Bedding only, the person is away.',
    ],
  },
  already_left: {
    zh: ['店家说人半小时前离开了。'],
    en: ['The shopkeeper says the person left half an hour ago.'],
  },
};

export const declineReasons: Phrases = {
  zh: ['车辆正在转运人员，请改派其他队。', '正在处理身边的求助，暂时走不开。'],
  en: ['The vehicle is taking somebody to a station, please send another team.'],
};

/** Sometimes a reporter writes nothing: pressing a button was enough. */
export function sightingNote(
  dice: Dice,
  language: NoteLanguage,
  kind: KeyPointKind,
  flags: readonly VulnerableFlag[],
): string {
  if (dice.chance(0.3)) return '';
  const told = flags
    .map((flag) => seen[flag]?.[language])
    .filter((phrases) => phrases !== undefined);
  const first = dice.pick(places[kind][language]);
  if (told.length === 0 || dice.chance(0.3)) return first;
  return `${first}${language === 'en' ? ' ' : ''}${dice.pick(dice.pick(told))}`;
}

export const encounterNote = (dice: Dice, language: NoteLanguage, outcome: Outcome): string =>
  dice.chance(0.25) ? '' : dice.pick(encounters[outcome][language]);

const checkIns: Phrases = {
  zh: ['喝了热水，先休息。', '身份信息天亮后再补。', '衣服湿了，已换上棉衣。'],
  en: ['Had hot water, rests first.', 'Papers tomorrow.', 'Wet clothes, given a coat.'],
};
/** Mostly nothing: aid first, papers later. */
export const checkInNote = (dice: Dice, language: NoteLanguage): string =>
  dice.chance(0.6) ? '' : dice.pick(checkIns[language]);

const destinations: Phrases = {
  zh: ['自行离站', '家人接回', '购票返乡', '转街道安置'],
  en: ['left on their own', 'with family', 'by train home', 'to a flat of the city'],
};
export const leftToOf = (dice: Dice, language: NoteLanguage): string =>
  dice.pick(destinations[language]);
