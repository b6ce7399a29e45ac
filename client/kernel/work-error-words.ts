/** The error codes that only teams, houses and desks can meet: they load with their screens. */
import { defineWords } from './words.ts';

export const workErrorWords = defineWords(
  {
    cluster_ended: '这个地点刚刚结束或已并入别处，没有派单。请看队列里的最新情况。',
    cluster_taken: '别人刚刚已向这里派出一队，您的派单没有发出。可以改为增援，或选别的地点。',
    team_busy: '这支队伍手上还有任务，没有派出。请选另一支。',
    team_off_duty: '这支队伍不在班，没有派出。请选另一支。',
    dispatch_edge: '这个派单的状态刚刚变了，这一步没有做。请看最新状态。',
    dispatch_not_yours: '这是别的队伍的派单，您不能操作。',
    encounter_missing: '还没有接触记录。请先为遇到的每个人记录结果，再结束。',
    polygon_invalid: '画的范围自己交叉了或没有合上，没有保存。请重画这一处。',
    no_night_declared: '现在没有生效的寒夜响应。',
    drill_over_night: '寒夜响应正在生效，不能同时进行演练。',
    night_changed: '响应刚刚变了，没有任何改动。请看当前的响应，再决定。',
    proposal_over: '这条建议已不再有效：天气有变化，或者别人已经处理了。',
    beds_out_of_range: '这类空床最多 {{most}} 张：其余已有人住或已预留。请先办理离站，或取消预留。',
    beds_in_use: '这类床位有 {{least}} 张已有人住或已预留，不能少于这个数，没有保存。',
    station_in_use:
      '站内还有 {{inside}} 人，路上还有 {{expected}} 人，现在不能关闭或撤销。没有改动。',
    key_point_removed: '这个重点点位已经撤销。',
    shift_not_yours: '这是别的队伍的班次，您不能操作。',
    no_bed_free: '这里已没有这类空床位。请换一个地点，或改用其他类别。',
    hold_over: '这个床位预留已经结束，没有改动。',
    stay_over: '这位受助人员已登记离站，没有改动。',
    stock_missing: '账上没有这么多：现有 {{quantity}}。请先盘点，或改小数量。',
    vehicle_taken: '这支队伍已有车辆“{{name}}”。请先解除，再分配。',
    plan_changed: '方案已更新，这一项不再成立。请看新的方案。',
    no_plan: '现在还没有方案，请稍候再试。',
    recheck_done: '这次复查已经完成，不必再派。',
  },
  {
    cluster_ended:
      'This place has just ended or become part of another; nobody was sent. See the queue for the latest.',
    cluster_taken:
      'Someone has just sent a team here; yours was not sent. Send it as support, or choose another place.',
    team_busy: 'This team is still on a task and was not sent. Choose another team.',
    team_off_duty: 'This team is off duty and was not sent. Choose another team.',
    dispatch_edge:
      'This dispatch has just changed, so this step was not done. See its latest state.',
    dispatch_not_yours: 'This dispatch belongs to another team.',
    encounter_missing:
      'Nothing is recorded yet. Record what happened with each person you met, then close.',
    polygon_invalid:
      'The outline crosses itself or is not closed, so it was not saved. Draw it again.',
    no_night_declared: 'No cold night is in force.',
    drill_over_night: 'A cold night is in force: no drill can be held over it.',
    night_changed:
      'The response has just changed, so nothing was done. See what is in force now, then decide.',
    proposal_over: 'This proposal no longer stands: the weather changed, or somebody has decided.',
    beds_out_of_range:
      'At most {{most}} of this kind can be free: the others are taken or held. Check people out or give up a hold first.',
    beds_in_use:
      '{{least}} places of this kind are taken or held: there cannot be fewer. Nothing was saved.',
    station_in_use:
      'People in the house: {{inside}}; on the way: {{expected}}. It cannot be closed or removed now. Nothing was changed.',
    key_point_removed: 'This key point no longer exists.',
    shift_not_yours: 'This shift belongs to another team.',
    no_bed_free: 'No bed of this kind is free here. Choose another place or another kind.',
    hold_over: 'This hold has ended already. Nothing was changed.',
    stay_over: 'This person was checked out already. Nothing was changed.',
    stock_missing: 'The book holds only {{quantity}}. Count first, or enter less.',
    vehicle_taken: 'This team already has “{{name}}”. Take that one away first.',
    plan_changed: 'The plan has changed and this no longer holds. Look at the new one.',
    no_plan: 'There is no plan yet. Try again in a moment.',
    recheck_done: 'This recheck is done already; nobody needs to be sent.',
  },
);
