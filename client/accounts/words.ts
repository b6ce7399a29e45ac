import { defineWords } from '../kernel/words.ts';

export const accountsWords = defineWords(
  {
    role: {
      reporter: '上报人',
      patrol: '巡查队员',
      dispatcher: '值班调度员',
      station_manager: '站长',
      administrator: '管理员',
      auditor: '审计员',
    },
    roleDoes: {
      reporter: '快递、环卫等：上报线索，看后来怎么样了',
      patrol: '车上的平板：接单、出发、到达、记录',
      dispatcher: '值班席：看全城，派队伍',
      station_manager: '救助站：床位、派单、寒夜响应',
      administrator: '用户、队伍、片区和各项设置',
      auditor: '只看不改，查访问记录',
    },
    login: {
      title: '工作人员登录',
      city: '城市',
      username: '用户名',
      password: '密码',
      submit: '登录',
      forgot: '忘了密码？请管理员重设。',
      public: '不登录，直接报线索',
      show: '显示密码',
    },
    setup: {
      title: '建立管理员',
      text: '这个链接只能用一次。建好后您会以管理员身份登录。',
      displayName: '姓名',
      username: '用户名',
      usernameHint: '小写字母、数字、点、横线，2 到 40 位',
      password: '密码',
      passwordHint: '至少 10 位。一句好记的话最好。',
      submit: '建立并登录',
    },
    signedInAs: '{{name}} · {{role}}',
    required: '这一项要填',
    tooShort: '密码至少 10 位',
  },
  {
    role: {
      reporter: 'Reporter',
      patrol: 'Patrol',
      dispatcher: 'Duty officer',
      station_manager: 'Station manager',
      administrator: 'Administrator',
      auditor: 'Auditor',
    },
    roleDoes: {
      reporter: 'Couriers, street cleaners: report, and see what became of it',
      patrol: 'The tablet in the van: accept, set off, arrive, record',
      dispatcher: 'The duty desk: the whole city, sending teams',
      station_manager: 'The station: beds, dispatch, cold nights',
      administrator: 'Users, teams, areas and settings',
      auditor: 'Reads everything, changes nothing',
    },
    login: {
      title: 'Staff sign-in',
      city: 'City',
      username: 'User name',
      password: 'Password',
      submit: 'Sign in',
      forgot: 'Forgot it? Ask your administrator for a new one.',
      public: 'Report without signing in',
      show: 'Show the password',
    },
    setup: {
      title: 'Create the administrator',
      text: 'This link works once. Afterwards you are signed in as administrator.',
      displayName: 'Name',
      username: 'User name',
      usernameHint: 'Lower-case letters, digits, dots and hyphens, 2 to 40',
      password: 'Password',
      passwordHint: 'At least 10 characters. A sentence you remember is best.',
      submit: 'Create and sign in',
    },
    signedInAs: '{{name}} · {{role}}',
    required: 'Please fill this in',
    tooShort: 'At least 10 characters',
  },
);

declare module 'i18next' {
  interface ResourceNamespaceMap {
    accounts: typeof accountsWords.zh;
  }
}
