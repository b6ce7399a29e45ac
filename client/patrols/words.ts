import { defineWords } from '../kernel/words.ts';

export const patrolsWords = defineWords(
  {
    team: '巡查队',
    teams: '巡查队',
    callSign: '呼号',
    vehicle: '车辆',
    area: '片区',
    onDuty: '在班',
    offDuty: '下班',
    goOnDuty: '上班',
    goOffDuty: '下班',
    free: '空闲',
    busy: '有任务',
    onDutyCount_other: '{{count}} 队在班',
    noTeams: '还没有巡查队',
    noPosition: '位置未知',
    positionAge: '{{ago}}的位置',
    distance: '距离 {{distance}}',
    shift: '班次',
  },
  {
    team: 'Team',
    teams: 'Teams',
    callSign: 'Call sign',
    vehicle: 'Vehicle',
    area: 'Area',
    onDuty: 'On duty',
    offDuty: 'Off duty',
    goOnDuty: 'Go on duty',
    goOffDuty: 'Go off duty',
    free: 'Free',
    busy: 'On a task',
    onDutyCount_one: '{{count}} team on duty',
    onDutyCount_other: '{{count}} teams on duty',
    noTeams: 'No teams yet',
    noPosition: 'Position unknown',
    positionAge: 'position from {{ago}}',
    distance: '{{distance}} away',
    shift: 'Shift',
  },
);

declare module 'i18next' {
  interface ResourceNamespaceMap {
    patrols: typeof patrolsWords.zh;
  }
}
