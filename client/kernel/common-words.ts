/** Words that belong to no domain: the product, the frame of every screen, its states. */
import { defineWords } from './words.ts';

export const commonWords = defineWords(
  {
    product: '暖巡',
    tagline: '寒夜里，让帮助找到露宿街头的人',
    skip: '跳到主要内容',
    ok: '好',
    cancel: '取消',
    confirm: '确定',
    save: '保存',
    saved: '已保存',
    remove: '删除',
    edit: '修改',
    back: '返回',
    close: '关闭',
    retry: '重试',
    more: '更多',
    less: '收起',
    copy: '复制',
    copied: '已复制',
    optional: '可不填',
    loading: '正在载入…',
    working: '正在处理…',
    signIn: '登录',
    signOut: '退出',
    home: '首页',
    language: '语言',
    switchLanguage: 'English',
    theme: '明暗',
    toDay: '换成日间',
    toNight: '换成夜间',
    menu: '菜单',
    people_other: '{{count}} 人',
    plus: '加一',
    minus: '减一',
    state: {
      loading: '正在载入…',
      empty: '这里还没有内容',
      offline: '连不上服务器',
      offlineKept: '已显示的内容是 {{ago}}的。恢复后会自动更新。',
      stale: '内容停在 {{ago}}',
      error: '没能载入',
    },
    connection: {
      connecting: '正在连接…',
      offline: '连接中断，正在重连',
      offlineSince: '连接中断，正在重连。上次更新 {{time}}（{{ago}}）',
      live: '实时',
      back: '已恢复连接',
    },
    update: {
      text: '新版本已备好。现在重启，或下次打开时自动换上。',
      action: '重启',
    },
    demo: {
      banner: '演示：画面中的事并非实时发生',
    },
    notHere: {
      title: '没有这个页面',
      text: '地址可能打错了，或页面已移走。',
      action: '回首页',
    },
    notYours: {
      title: '这个页面不在您的权限内',
      text: '您以“{{role}}”登录。',
      action: '去我的工作页',
    },
    sheet: {
      label: '可上下拉动的面板',
      handle: '拉动改变面板高度，或用上下方向键',
      low: '收起',
      half: '半屏',
      full: '展开',
    },
  },
  {
    product: 'Nuanxun',
    tagline: 'Helping people who sleep outside find warmth on cold nights',
    skip: 'Skip to the main content',
    ok: 'OK',
    cancel: 'Cancel',
    confirm: 'Confirm',
    save: 'Save',
    saved: 'Saved',
    remove: 'Remove',
    edit: 'Edit',
    back: 'Back',
    close: 'Close',
    retry: 'Try again',
    more: 'More',
    less: 'Less',
    copy: 'Copy',
    copied: 'Copied',
    optional: 'optional',
    loading: 'Loading…',
    working: 'Working…',
    signIn: 'Sign in',
    signOut: 'Sign out',
    home: 'Home',
    language: 'Language',
    switchLanguage: '中文',
    theme: 'Day or night',
    toDay: 'Switch to day',
    toNight: 'Switch to night',
    menu: 'Menu',
    people_one: '{{count}} person',
    people_other: '{{count}} people',
    plus: 'One more',
    minus: 'One fewer',
    state: {
      loading: 'Loading…',
      empty: 'Nothing here yet',
      offline: 'The server cannot be reached',
      offlineKept:
        'What you see is from {{ago}}. It updates by itself when the connection is back.',
      stale: 'As of {{ago}}',
      error: 'Could not be loaded',
    },
    connection: {
      connecting: 'Connecting…',
      offline: 'Connection lost, reconnecting',
      offlineSince: 'Connection lost, reconnecting. Last update {{time}} ({{ago}})',
      live: 'Live',
      back: 'Connected again',
    },
    update: {
      text: 'A new version is ready. Restart now, or it is taken the next time you open the app.',
      action: 'Restart',
    },
    demo: {
      banner: 'Demo: nothing here is happening now',
    },
    notHere: {
      title: 'There is no such page',
      text: 'The address may be mistyped, or the page has moved.',
      action: 'Go to the start page',
    },
    notYours: {
      title: 'This page is not open to your role',
      text: 'You are signed in as {{role}}.',
      action: 'Go to my page',
    },
    sheet: {
      label: 'Panel that can be pulled up and down',
      handle: 'Drag to change the height of the panel, or use the arrow keys',
      low: 'Low',
      half: 'Half',
      full: 'Full',
    },
  },
);

declare module 'i18next' {
  interface ResourceNamespaceMap {
    common: typeof commonWords.zh;
  }
  interface CustomTypeOptions {
    defaultNS: 'common';
    returnNull: false;
  }
}
