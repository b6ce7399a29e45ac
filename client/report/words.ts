import { defineWords } from '../kernel/words.ts';

export const reportWords = defineWords(
  {
    toPictures: '换成图画',
    toPicturesHint: '大图、会读出来，不用认字',
    toText: '换成文字',
    listen: '读给我听',
    chosen: '{{what}}，选上了',
    unchosen: '{{what}}，去掉了',
    people_other: '{{count}} 个人',
    attachments: '照片或录音',
    attachmentsHint: '拍一张，或说一句，不用打字',
    full: '已满 12 个',
    intro: '看到有人露宿。点一下图画，再点最下面的大按钮送出。可以拍照，也可以按话筒说一句。',
    placeFinding: '正在定位',
    placeFound: '位置已经有了',
    placeRough: '位置不太准，可以点地图',
    placeMissing: '还没有位置，请点地图选一下',
    sendNow: '送出',
    kept: '已存在这台手机里，有网络就自动送出。',
    keptTitle: '已存好，会自动送出',
    keptText: '不用等，也不用重填。页面可以关掉，下次打开会接着送。',
    received: '收到了，谢谢您。',
    mediaNotKept: '报告已存好；照片或录音没能存下：{{why}}',
    replaceTitle: '先放下正在写的这一条？',
    replaceText: '正在写的这一条还没有送出。现在去改另一条，这一条的内容会丢掉。',
    replace: '放下，去改另一条',
  },
  {
    toPictures: 'Pictures',
    toPicturesHint: 'Large pictures that speak, nothing to read',
    toText: 'Words',
    listen: 'Read it to me',
    chosen: '{{what}}, chosen',
    unchosen: '{{what}}, taken back',
    people_one: '{{count}} person',
    people_other: '{{count}} people',
    attachments: 'Photo or voice note',
    attachmentsHint: 'Take one or say a sentence: no typing',
    full: '12 are attached, no more fit',
    intro:
      'Somebody is sleeping outside. Tap a picture, then the large button at the bottom to send. You can take a photo, or tap the microphone and speak.',
    placeFinding: 'Finding the position',
    placeFound: 'The position is there',
    placeRough: 'The position is rough; you can tap the map',
    placeMissing: 'There is no position yet. Please tap the map',
    sendNow: 'Send',
    kept: 'Kept on this phone; it goes by itself when there is a network.',
    keptTitle: 'Kept on this phone, goes by itself',
    keptText:
      'No need to wait or to fill it in again. You may close the page: it goes on next time.',
    received: 'Received, thank you.',
    mediaNotKept: 'The report is kept; a photo or voice note could not be: {{why}}',
    replaceTitle: 'Give up the report you are writing?',
    replaceText: 'It has not been sent. If you mend the other one now, what is on it is lost.',
    replace: 'Mend the other one',
  },
);

declare module 'i18next' {
  interface ResourceNamespaceMap {
    report: typeof reportWords.zh;
  }
}
