import type { WordSet } from '../kernel/i18n.ts';

export const outboxWordSet: WordSet = {
  'zh-CN': () => import('./page-words.ts?zh'),
  en: () => import('./page-words.ts?en'),
};
