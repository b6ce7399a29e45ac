/** How cold somebody is: the questions, what to do, and the same again to be heard. */
import { defineWords } from '../kernel/words.ts';

export const personStateWords = defineWords(
  {
    open: '看看那个人怎么样',
    openHint: '最多点四下，告诉您该做什么',
    title: '那个人怎么样',
    step: '第 {{number}} 问',
    back: '上一步',
    stop: '先不看了',
    again: '重新看一遍',
    use: '写进上报，继续',
    useCall: '打完电话了，继续上报',
    known: '已看过：{{level}}',
    ask: {
      responds: '叫他、轻拍肩膀，有反应吗？',
      shivering: '他在发抖吗？',
      clear: '说话清楚、动作稳吗？',
      exposed: '身上湿、穿得薄，或直接躺在地上吗？',
    },
    choice: {
      responds: { yes: '有反应', no: '没有反应' },
      shivering: { yes: '在发抖', stopped: '刚才抖，现在不抖了', never: '一直没抖' },
      clear: { yes: '清楚、稳', no: '含糊、摇晃' },
      exposed: { yes: '是', no: '不是' },
    },
    level: {
      call: '有生命危险',
      hospital: '要送医院',
      cold: '受冻，要保暖',
      steady: '现在还稳',
    },
    act: {
      hospital:
        '请打 120。扶他坐下或躺下，别让他走动；盖上、垫上，能换就换掉湿衣服。不再发抖就是危险，马上再打 120。',
      cold: '挡风，垫上东西别坐地上，换掉湿衣服，裹住头和身子。能自己拿住杯子就给热的甜饮料，不要酒。',
      steady: '现在没有受冻的迹象。把位置报上来，巡查队会来看。',
    },
    sign: {
      unresponsive: '叫不应',
      shivering_stopped: '已不再发抖',
      confused_not_shivering: '神志不清、没有发抖',
      confused: '神志不清',
      exposed: '湿、衣薄或躺在地上',
      shivering: '在发抖',
    },
    call: {
      title: '现在就打 120',
      text: '先打电话，再做别的。',
      dial: '拨打 120',
      read: '念给接线员听：',
      coordinates: '北纬 {{lat}}，东经 {{lon}}',
      lat: '北纬',
      lon: '东经',
      south: '南纬',
      west: '西经',
      near: '{{place}}附近',
      finding: '正在查这里的路名…',
      noPosition: '手机还没有定位。告诉接线员路名、门牌、桥名或身边的店。',
      stay: '留在旁边。轻一点，别搓手脚，别给酒。没有呼吸就听接线员的，做胸外按压。',
    },
    speak: '读给我听',
    outcome: '情况：{{signs}}',
    join: '，',
  },
  {
    open: 'How is the person?',
    openHint: 'Four taps at most, then what to do',
    title: 'How is the person?',
    step: 'Question {{number}}',
    back: 'Back',
    stop: 'Not now',
    again: 'Look again',
    use: 'Put it in the report, go on',
    useCall: 'I have called, go on reporting',
    known: 'Looked at: {{level}}',
    ask: {
      responds: 'Speak to them, touch a shoulder. Do they respond?',
      shivering: 'Are they shivering?',
      clear: 'Do they speak clearly and move steadily?',
      exposed: 'Are they wet, thinly dressed, or on bare ground?',
    },
    choice: {
      responds: { yes: 'They respond', no: 'No response' },
      shivering: { yes: 'Shivering', stopped: 'It has stopped', never: 'They never were' },
      clear: { yes: 'Clear and steady', no: 'Slurred or stumbling' },
      exposed: { yes: 'Yes', no: 'No' },
    },
    level: {
      call: 'Life in danger',
      hospital: 'Needs a hospital',
      cold: 'Cold, needs warmth',
      steady: 'Steady for now',
    },
    act: {
      hospital:
        'Call 120. Let them sit or lie, not walk; cover them, put something under them, take wet clothes off if you can. If the shivering stops, it is an emergency: call 120 again.',
      cold: 'Out of the wind, something under them, wet clothes off, wrap head and body. A warm sweet drink if they can hold the cup themselves. No alcohol.',
      steady: 'No sign of the cold for now. Report the place; a patrol team will look in.',
    },
    sign: {
      unresponsive: 'does not respond',
      shivering_stopped: 'has stopped shivering',
      confused_not_shivering: 'confused and not shivering',
      confused: 'confused',
      exposed: 'wet, thinly dressed or on the ground',
      shivering: 'shivering',
    },
    call: {
      title: 'Call 120 now',
      text: 'Call first, before anything else.',
      dial: 'Call 120',
      read: 'Read this to the operator:',
      coordinates: 'latitude {{lat}}, longitude {{lon}}',
      lat: 'North',
      lon: 'East',
      south: 'South',
      west: 'West',
      near: 'near {{place}}',
      finding: 'Looking up the street…',
      noPosition:
        'The phone has no position yet. Tell the operator the street, the number, a bridge or a shop beside you.',
      stay: 'Stay with them. Be gentle: no rubbing, no alcohol. If they do not breathe, press the chest as the operator tells you.',
    },
    speak: 'Read it to me',
    outcome: 'State: {{signs}}',
    join: ', ',
  },
);

declare module 'i18next' {
  interface ResourceNamespaceMap {
    personState: typeof personStateWords.zh;
  }
}
