import { defineWords } from '../kernel/words.ts';

export const mapWords = defineWords(
  {
    map: '地图',
    zoomIn: '放大',
    zoomOut: '缩小',
    noGraphics: {
      title: '这台设备画不出地图',
      text: '浏览器没有打开图形加速。列表照常可用。',
    },
    noGround: {
      title: '底图没有载入',
      text: '地点和队伍的位置照常显示；底图会自动再试。',
    },
    noBasemap: { title: '这座城市还没有底图', text: '地点和队伍的位置照常显示。' },
  },
  {
    map: 'Map',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    noGraphics: {
      title: 'This device cannot draw the map',
      text: 'The browser’s graphics are off. The lists work as usual.',
    },
    noGround: {
      title: 'The map underneath did not load',
      text: 'Places and teams are shown as usual; the map is tried again by itself.',
    },
    noBasemap: {
      title: 'This city has no map underneath yet',
      text: 'Places and teams are shown as usual.',
    },
  },
);

declare module 'i18next' {
  interface ResourceNamespaceMap {
    map: typeof mapWords.zh;
  }
}
