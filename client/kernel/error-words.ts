/**
 * One sentence for every error code: what happened, what was kept, what to do. Those of teams, houses and desks are in
 * `work-error-words.ts`, which the street's pages don't load.
 */
import type { workErrorWords } from './work-error-words.ts';
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
    code_revoked: '这个二维码已停用或过期。请向发放单位要一张新的。',
    code_used_up: '用这个二维码登记的手机已达上限。请告诉发放单位。',
    too_many_reports:
      '这台手机上报得太频繁，已暂停一会儿。内容都保留着，会自动再发。紧急情况请直接打电话。',
    media_type_unknown:
      '这个文件不是能收的照片或录音，没有收下。照片要 JPEG、PNG 或 WebP（苹果手机的 HEIC 请先转成 JPEG）。其他内容都还在。',
    media_unreadable: '这张照片或录音打不开，没有收下。请重拍或重录一次，其他内容都还在。',
    media_too_many: '每条最多附 12 个照片和录音。其他内容都还在。',
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
    errors: typeof errorWords.zh & typeof workErrorWords.zh;
  }
}
