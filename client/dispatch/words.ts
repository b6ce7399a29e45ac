import { defineWords } from '../kernel/words.ts';

export const dispatchWords = defineWords(
  {
    one: '派单',
    state: {
      offered: '待接单',
      accepted: '已接单',
      en_route: '前往中',
      on_scene: '在现场',
      closed: '已结束',
      declined: '已谢绝',
      cancelled: '已撤销',
    },
    do: {
      send: '派单',
      accept: '接单',
      decline: '谢绝',
      set_off: '出发',
      arrive: '到达',
      record: '记录',
      close: '结束',
      cancel: '撤销派单',
    },
    supporting: '增援',
    note: '给队伍的话（可不填）',
    declineReason: '为什么不能去',
    declined: '谢绝原因：{{reason}}',
    target: '目的地',
    none: '没有进行中的派单',
    outcome: {
      aided_on_street: '街面救助',
      escorted: '护送入站',
      refused: '拒绝受助',
      hospital: '送医（120）',
      police: '移交公安（110）',
      not_found: '未找到',
      already_left: '已离开',
    },
    encounter: { one: '接触记录', items: '发放物资', person_other: '第 {{count}} 人' },
    recheck: {
      one: '复查',
      due: '{{duration}}后复查',
      overdue: '复查已过 {{duration}}',
      none: '没有待复查的地点',
    },
  },
  {
    one: 'Dispatch',
    state: {
      offered: 'Offered',
      accepted: 'Accepted',
      en_route: 'On the way',
      on_scene: 'On scene',
      closed: 'Closed',
      declined: 'Declined',
      cancelled: 'Cancelled',
    },
    do: {
      send: 'Dispatch',
      accept: 'Accept',
      decline: 'Decline',
      set_off: 'Set off',
      arrive: 'Arrived',
      record: 'Record',
      close: 'Close',
      cancel: 'Cancel dispatch',
    },
    supporting: 'Support',
    note: 'A word for the team (optional)',
    declineReason: 'Why it is not possible',
    declined: 'Declined: {{reason}}',
    target: 'Destination',
    none: 'No dispatch under way',
    outcome: {
      aided_on_street: 'Helped on the street',
      escorted: 'Brought to a station',
      refused: 'Declined help',
      hospital: 'To hospital (120)',
      police: 'Handed to police (110)',
      not_found: 'Nobody found',
      already_left: 'Already left',
    },
    encounter: {
      one: 'Encounter',
      items: 'Given',
      person_one: 'Person {{count}}',
      person_other: 'Person {{count}}',
    },
    recheck: {
      one: 'Recheck',
      due: 'recheck in {{duration}}',
      overdue: 'recheck overdue by {{duration}}',
      none: 'No rechecks due',
    },
  },
);

declare module 'i18next' {
  interface ResourceNamespaceMap {
    dispatch: typeof dispatchWords.zh;
  }
}
