import { defineWords } from '../kernel/words.ts';

export const crewWords = defineWords(
  {
    sos: {
      title: '本队求救',
      button: '求救：长按一秒半',
      ask: '现在求救？',
      askText: '值班台所有人会立刻收到，附上你们的位置。',
      doIt: '求救',
      waiting: '求救还没有发出去，一有网络马上发。请同时打电话！',
      sent: '求救已送达值班台，等他们确认',
      acknowledged: '{{name}} 已在 {{time}} 确认，正在处理',
      desk: '值班员',
      raised: '{{time}} 求救',
      place: '位置 {{place}}',
      noPlace: '位置未知，请在电话里说清在哪',
      sendAgain: '马上再发一次',
      police: '打 110',
      ambulance: '打 120',
      hotline: '打值班电话 {{phone}}',
      over: '值班台已解除你们的求救',
    },
    checkIn: {
      title: '报平安',
      fine: '我们平安',
      near: '{{duration}}内请报一次平安',
      late: '该报平安了，已过 {{duration}}',
      missed: '值班台正在找你们：报平安已过 {{duration}}',
      next: '{{duration}}后报平安',
      done: '已报平安',
      none: '本班不要求报平安',
    },
  },
  {
    sos: {
      title: 'Own call for help',
      button: 'SOS: hold for a second and a half',
      ask: 'Call for help now?',
      askText: 'Everyone at the desk gets it at once, with your position.',
      doIt: 'Call for help',
      waiting:
        'The call for help has not left this tablet; it goes out with the first signal. Phone as well!',
      sent: 'The desk has your call for help; waiting for somebody to confirm',
      acknowledged: '{{name}} confirmed at {{time}} and is on it',
      desk: 'The duty officer',
      raised: 'called at {{time}}',
      place: 'position {{place}}',
      noPlace: 'position unknown: say on the phone where you are',
      sendAgain: 'Send it again now',
      police: 'Call 110',
      ambulance: 'Call 120',
      hotline: 'Call the desk {{phone}}',
      over: 'The desk has ended your call for help',
    },
    checkIn: {
      title: 'Check-in',
      fine: 'We are fine',
      near: 'Please check in within {{duration}}',
      late: 'Please check in: {{duration}} late',
      missed: 'The desk is looking for you: check-in {{duration}} late',
      next: 'check-in in {{duration}}',
      done: 'Checked in',
      none: 'No check-ins on this shift',
    },
  },
);

declare module 'i18next' {
  interface ResourceNamespaceMap {
    crew: typeof crewWords.zh;
  }
}
