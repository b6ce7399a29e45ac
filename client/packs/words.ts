import { defineWords } from '../kernel/words.ts';

export const packsWords = defineWords(
  {
    title: '带走地图',
    intro: '把一片地图存在这台设备上，没有网络也能看。任务、地点和救助站的内容随时都存着。',
    dataOnly:
      '这座城市的底图来自别处，不能整片带走；看过的地方也不一定留得住。任务、地点和救助站的内容照常存在设备上。',
    take: '带走',
    goOn: '继续下载',
    refresh: '更新',
    remove: '移除',
    cancel: '停下',
    measuring: '正在量大小…',
    size: '{{size}}，{{count}} 块图',
    tooLarge: '这片区域太大，请把地图放近一些再试。',
    unreachable: '现在连不上服务器，量不了大小。',
    noRoom: '设备空间不够：需要 {{size}}，剩 {{free}}。',
    progress: '已下载 {{done}}，共 {{total}}',
    broken: '下载中断，已下载的都留着，可以继续。',
    none: '还没有带走任何区域',
    taken: '{{size}} · {{ago}}存下',
    incomplete: '没有下完',
    onDevice: '设备上已有的区域',
    removeTitle: '移除“{{name}}”？',
    removeText: '没有网络时，这片地图将看不到。随时可以再带走。',
    done: '“{{name}}”已存在设备上',
  },
  {
    title: 'Take the map along',
    intro:
      'Keeps an area of the map on this device, to be seen without a network. Tasks, places and stations are kept at all times.',
    dataOnly:
      'This city’s map comes from elsewhere and cannot be taken along as an area. Tasks, places and stations are kept on the device all the same.',
    take: 'Take along',
    goOn: 'Go on',
    refresh: 'Renew',
    remove: 'Remove',
    cancel: 'Stop',
    measuring: 'Measuring…',
    size: '{{size}}, {{count}} tiles',
    tooLarge: 'This area is too large: zoom in and try again.',
    unreachable: 'The server cannot be reached now, so the size is not known.',
    noRoom: 'Not enough room on the device: {{size}} needed, {{free}} left.',
    progress: '{{done}} of {{total}} downloaded',
    broken: 'The download broke off. What came is kept; you can go on.',
    none: 'No area has been taken along yet',
    taken: '{{size}} · kept {{ago}}',
    incomplete: 'not complete',
    onDevice: 'On this device',
    removeTitle: 'Remove “{{name}}”?',
    removeText:
      'Without a network this area cannot be seen then. You can take it along again at any time.',
    done: '“{{name}}” is on the device',
  },
);

declare module 'i18next' {
  interface ResourceNamespaceMap {
    packs: typeof packsWords.zh;
  }
}
