/** One sentence for every error code: what happened, what was kept, what to do. */
import { defineWords } from './words.ts';

export const errorWords = defineWords(
  {
    title: '没有完成',
    invalid_input: '有内容填得不对，已标出。填写的都还在，改好后再提交。',
    field: {
      invalid_input: '这一项填得不对。',
      required: '这一项要填。',
    },
    not_signed_in: '登录已失效。请重新登录，本机上的内容不会丢。',
    not_allowed: '您的账号不能做这件事。需要时请找管理员。',
    not_found: '这条记录已不存在，可能刚被别人处理。请刷新后再看。',
    wrong_credentials: '用户名或密码不对。请再试一次。',
    too_many_attempts:
      '提交太频繁，已暂停一会儿。内容都保留着，请过几分钟再试。紧急情况请直接打电话。',
    too_large:
      '内容太大，服务器没有收下。请缩短文字，或换小一点的照片、短一点的录音。已填的都还在。',
    link_expired: '这个链接已用过或已失效。请向管理员要一个新的。',
    username_taken: '这个用户名已有人用。请换一个，其他内容都还在。',
    seen_in_future: '看到的时间在将来。请改成实际看到的时间。',
    seen_too_long_ago: '这是 48 小时以前看到的，已太久。若现在仍在，请把时间改成现在。',
    outside_city: '位置不在本市范围内。请重新选择位置；其他内容都还在。',
    headcount_out_of_range: '人数要在 1 到 200 之间。',
    text_too_long: '文字太长，最多 2000 字。已写的都还在，请缩短一些。',
    sighting_not_live: '这条线索已经处理完，不能再改。',
    sighting_changed: '这条线索刚被别人改过，请重新打开再改。',
    own_duplicate: '一条线索不能标为它自己的重复。请另选一条。',
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
    proposal_over: '这条建议已不再有效：天气有变化，或者别人已经处理了。',
    beds_out_of_range: '这类空床最多 {{most}} 张：其余已有人住或已预留。请先办理离站，或取消预留。',
    beds_in_use: '这类床位有 {{least}} 张已有人住或已预留，不能少于这个数，没有保存。',
    station_in_use:
      '站内还有 {{inside}} 人，路上还有 {{expected}} 人，现在不能关闭或撤销。没有改动。',
    code_revoked: '这个二维码已停用或过期。请向发放单位要一张新的。',
    code_used_up: '用这个二维码登记的手机已达上限。请告诉发放单位。',
    too_many_reports:
      '这台手机上报得太频繁，已暂停一会儿。内容都保留着，会自动再发。紧急情况请直接打电话。',
    media_type_unknown:
      '这个文件不是能收的照片或录音，没有收下。照片要 JPEG、PNG 或 WebP（苹果手机的 HEIC 请先转成 JPEG）。其他内容都还在。',
    media_unreadable: '这张照片或录音打不开，没有收下。请重拍或重录一次，其他内容都还在。',
    media_too_many: '每条最多附 12 个照片和录音。其他内容都还在。',
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
    database_unavailable: '服务器暂时存不了数据。内容留在本机，会自动再试。',
    unexpected: '服务器出了问题。内容都还在，请稍后再试。',
    unreachable: '现在连不上服务器。内容都还在，请检查网络后再试。',
    device_full:
      '这台设备的存储空间已满，这一条没有存下，也没有送出。内容还在页面上：请先删掉一些照片或不用的应用，再试一次。',
    device_broken:
      '这台设备的浏览器存不下内容，这一条没有送出。内容还在页面上：请不要关页面，联网后再试。',
    call: '紧急情况请拨打 120 或 110。',
    crashed: '这个页面出错了。已送出的内容不受影响；请重新载入。',
    reload: '重新载入',
  },
  {
    title: 'Not done',
    invalid_input:
      'Something is not filled in correctly; it is marked. What you entered is kept: correct it and send again.',
    field: {
      invalid_input: 'This is not filled in correctly.',
      required: 'Please fill this in.',
    },
    not_signed_in: 'You are no longer signed in. Sign in again; what is on this device is kept.',
    not_allowed: 'Your account cannot do this. Ask your administrator if you need to.',
    not_found:
      'This no longer exists; someone may just have dealt with it. Refresh and look again.',
    wrong_credentials: 'The user name or password is wrong. Please try again.',
    too_many_attempts:
      'Too many attempts, so this is paused for a while. Everything is kept: try again in a few minutes. If it is urgent, please call.',
    too_large:
      'This is too large for the server. Shorten the text, or take a smaller photo or a shorter recording; nothing is lost.',
    link_expired: 'This link has been used or has expired. Ask the administrator for a new one.',
    username_taken: 'This user name is taken. Choose another; the rest is kept.',
    seen_in_future: 'The time is in the future. Set it to when you saw the person.',
    seen_too_long_ago:
      'This was seen more than 48 hours ago. If the person is still there, set the time to now.',
    outside_city: 'This place is outside the city. Choose the place again; the rest is kept.',
    headcount_out_of_range: 'The number of people must be between 1 and 200.',
    text_too_long: 'The text is too long: 2,000 characters at most. It is kept; please shorten it.',
    sighting_not_live: 'This report has already been dealt with and can no longer be changed.',
    sighting_changed: 'Someone else has just changed this report. Open it again before editing.',
    own_duplicate: 'A report cannot be a duplicate of itself. Choose another one.',
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
    proposal_over: 'This proposal no longer stands: the weather changed, or somebody has decided.',
    beds_out_of_range:
      'At most {{most}} of this kind can be free: the others are taken or held. Check people out or give up a hold first.',
    beds_in_use:
      '{{least}} places of this kind are taken or held: there cannot be fewer. Nothing was saved.',
    station_in_use:
      'People in the house: {{inside}}; on the way: {{expected}}. It cannot be closed or removed now. Nothing was changed.',
    code_revoked:
      'This code has been withdrawn or has expired. Ask whoever gave it to you for a new one.',
    code_used_up:
      'This code has been used on as many phones as it allows. Tell whoever gave it to you.',
    too_many_reports:
      'Too many reports from this phone, so this is paused for a while. Everything is kept and sent by itself. If it is urgent, please call.',
    media_type_unknown:
      'This file is no photo or recording that can be taken. Photos have to be JPEG, PNG or WebP (an iPhone’s HEIC has to be made a JPEG first). The rest is kept.',
    media_unreadable:
      'This photo or recording cannot be opened, so it was not taken. Please take it again; the rest is kept.',
    media_too_many: 'At most 12 photos and recordings can be attached. The rest is kept.',
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
    database_unavailable:
      'The server cannot store anything just now. It is kept here and tried again by itself.',
    unexpected: 'Something went wrong on the server. Everything is kept; please try again shortly.',
    unreachable:
      'The server cannot be reached. Everything is kept: check the network and try again.',
    device_full:
      'This device has no room left: this one was not kept and not sent. It is still on screen: free some space (photos, unused apps), then try again.',
    device_broken:
      'This browser could not keep it, and it was not sent. It is still on screen: leave the page open and try again once there is a network.',
    call: 'In an emergency call 120 or 110.',
    crashed: 'This page has failed. What you sent is safe; please load it again.',
    reload: 'Load again',
  },
);

declare module 'i18next' {
  interface ResourceNamespaceMap {
    errors: typeof errorWords.zh;
  }
}
