import { defineWords } from '../kernel/words.ts';

export const tipsWords = defineWords(
  {
    report: '看到有人露宿？告诉我们',
    reportText: '不用登录，两下就能送出。',
    hotline: '救助热线 {{phone}}',
    emergency: '有人叫不醒，先打 120',
    whatToDo: '看到有人露宿，可以这样做',
    step: {
      look: '先看一眼：还在发抖吗？叫得醒吗？叫不醒就打 120。',
      tell: '把位置告诉我们，最近的巡查队会过去。',
      kind: '轻声问一句要不要帮忙。受助自愿，对方可以不去。',
    },
    warm: '可以取暖过夜的地方',
    warmEmpty: '暂时没有登记的地点。请打救助热线。',
    warmError: '取暖地点没能载入。需要时请打救助热线。',
    openData: '这些地点的开放数据（GeoJSON）',
    near: '看哪个离我近',
    nearFailed: '定不到位置，再试一次',
    call: '打电话',
    track: '查一查我报的线索',
    trackCode: '查询码',
    trackGo: '查询',
    trackHint: '送出时给您的 8 位查询码',
    code: {
      title: '您的查询码',
      text: '凭它可以查到后来怎么样了。不用登录，里面没有任何人的个人信息。',
      see: '看看进展',
    },
    status: {
      title: '您报的线索',
      received: '{{time}} 收到',
      changed: '{{time}} 更新',
      unknown: '没有查到这个查询码',
      unknownText: '请核对 8 位字母和数字。线索处理完一段时间后也会清除。',
      privacy: '为保护受助人员，这里只显示进展。',
    },
    staff: '工作人员登录',
    demo: {
      title: '这是一座模拟的城市',
      text: '今晚的寒夜、队伍和线索都是模拟的。选一个身份进去看看：',
      enter: '以{{role}}身份进入',
    },
    city: '城市',
    noCity: '还没有城市',
    noCityText: '管理员要先建好城市，这里才能使用。',
  },
  {
    report: 'Someone sleeping outside? Tell us',
    reportText: 'No account needed. Two taps and it is sent.',
    hotline: 'Hotline {{phone}}',
    emergency: 'Someone cannot be woken? Call 120 first',
    whatToDo: 'If you see someone sleeping outside',
    step: {
      look: 'Look first: are they shivering? Can you wake them? If not, call 120.',
      tell: 'Tell us where. The nearest patrol team will go there.',
      kind: 'Ask quietly whether they want help. Help is voluntary; they may say no.',
    },
    warm: 'Places to warm up and sleep',
    warmEmpty: 'No places are listed right now. Please call the hotline.',
    warmError: 'The list could not be loaded. If you need it, please call the hotline.',
    openData: 'These places as open data (GeoJSON)',
    near: 'Which is nearest to me?',
    nearFailed: 'Your position could not be found; try again',
    call: 'Call',
    track: 'What became of my report?',
    trackCode: 'Tracking code',
    trackGo: 'Look up',
    trackHint: 'The 8-character code you got when you sent it',
    code: {
      title: 'Your tracking code',
      text: 'With it you can see what became of your report. No account, and nothing personal about anyone.',
      see: 'See what happens',
    },
    status: {
      title: 'Your report',
      received: 'received {{time}}',
      changed: 'updated {{time}}',
      unknown: 'This tracking code was not found',
      unknownText:
        'Please check the 8 letters and digits. Some time after a report is closed it is removed.',
      privacy: 'To protect the person, only the progress is shown.',
    },
    staff: 'Staff sign-in',
    demo: {
      title: 'This is a simulated city',
      text: 'Tonight’s cold, teams and reports are simulated. Choose a role and look around:',
      enter: 'Enter as {{role}}',
    },
    city: 'City',
    noCity: 'There is no city yet',
    noCityText: 'An administrator has to set up the city first.',
  },
);

declare module 'i18next' {
  interface ResourceNamespaceMap {
    tips: typeof tipsWords.zh;
  }
}
