/** The words of a published alert. A message travels to other programs: unlike the screens, it carries its text. */
import type { ResponseLevel } from '../../shared/response/schema.ts';

export type AlertKind = 'declared' | 'raised' | 'lowered' | 'changed' | 'renewed' | 'ended';

export interface AlertFacts {
  cityZh: string;
  cityEn: string;
  hotline: string;
  timeZone: string;
  level: ResponseLevel;
  kind: AlertKind;
  drill: boolean;
  temperatureCelsius: number;
  windKmh: number;
  feltCelsius: number;
  untilAt: string | null;
  /** what the city says at this level; empty = nothing */
  publicZh: string;
  publicEn: string;
}
export interface AlertWords {
  language: 'zh-CN' | 'en';
  city: string;
  event: string;
  headline: string;
  description: string;
  instruction: string;
  contact: string;
}

const levelZh: Record<ResponseLevel, string> = {
  blue: '蓝色',
  yellow: '黄色',
  orange: '橙色',
  red: '红色',
};
const whole = (value: number): string => {
  const rounded = Math.round(value);
  return rounded < 0 ? `−${-rounded}` : String(rounded);
};
const inWords = (at: string, timeZone: string, language: string): string =>
  new Intl.DateTimeFormat(language, {
    timeZone,
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(Date.parse(at));
const lines = (...parts: string[]): string => parts.filter((part) => part.trim() !== '').join('\n');

function chinese(facts: AlertFacts): AlertWords {
  const { cityZh: city, level, kind, drill, hotline, untilAt } = facts;
  const event = `寒夜${levelZh[level]}响应`;
  const said: Record<AlertKind, string> = {
    declared: `${city}启动${event}`,
    raised: `${city}寒夜响应升为${levelZh[level]}`,
    lowered: `${city}寒夜响应降为${levelZh[level]}`,
    changed: `${city}${event}有更新`,
    renewed: `${city}${event}继续生效`,
    ended: `${city}寒夜响应已结束`,
  };
  const mark = drill ? '【演练】' : '';
  const felt = `气温约 ${whole(facts.temperatureCelsius)} °C，风速约 ${whole(facts.windKmh)} 公里/小时，体感约 ${whole(facts.feltCelsius)} °C。`;
  const until = untilAt === null ? '' : `预计到${inWords(untilAt, facts.timeZone, 'zh-CN')}为止。`;
  const over = kind === 'ended';
  return {
    language: 'zh-CN',
    city,
    event: `${mark}${event}`,
    headline: `${mark}${said[kind]}`,
    description: lines(
      drill ? '这是一次演练，不是真实的寒夜响应。' : '',
      over ? `${said.ended}。` : `${felt}${until}`,
    ),
    instruction: over
      ? `仍看见有人露宿，请拨打救助热线 ${hotline}。`
      : lines(
          facts.publicZh,
          `请尽量在室内过夜，救助站和临时庇护场所可以取暖，来去自由，不问户籍。看见有人露宿，请拨打救助热线 ${hotline}。叫不醒、不再发抖的人，先打 120。`,
        ),
    contact: `救助热线 ${hotline}`,
  };
}

function english(facts: AlertFacts): AlertWords {
  const { cityEn: city, level, kind, drill, hotline, untilAt } = facts;
  const event = `Cold night response, ${level}`;
  const said: Record<AlertKind, string> = {
    declared: `${city} declares a cold night: ${level}`,
    raised: `${city} raises its cold night response to ${level}`,
    lowered: `${city} lowers its cold night response to ${level}`,
    changed: `${city}: news of the cold night, ${level}`,
    renewed: `${city}: the cold night goes on, ${level}`,
    ended: `${city}: the cold night response has ended`,
  };
  const mark = drill ? 'EXERCISE: ' : '';
  const felt = `About ${whole(facts.temperatureCelsius)} °C with wind of ${whole(facts.windKmh)} km/h: it feels like ${whole(facts.feltCelsius)} °C.`;
  const until =
    untilAt === null ? '' : ` Expected until ${inWords(untilAt, facts.timeZone, 'en')}.`;
  const over = kind === 'ended';
  return {
    language: 'en',
    city,
    event: `${mark}${event}`,
    headline: `${mark}${said[kind]}`,
    description: lines(
      drill ? 'This is an exercise, not a real cold night.' : '',
      over ? `${said.ended}.` : `${felt}${until}`,
    ),
    instruction: over
      ? `If you still see somebody sleeping outside, call the hotline ${hotline}.`
      : lines(
          facts.publicEn,
          `Spend the night indoors if you can: stations and shelters are warm, come and go as you like, wherever you are from. If you see somebody sleeping outside, call the hotline ${hotline}. For somebody who can’t be woken or has stopped shivering call 120 first.`,
        ),
    contact: `Hotline ${hotline}`,
  };
}

export const wordsOf = (facts: AlertFacts): AlertWords[] => [chinese(facts), english(facts)];
