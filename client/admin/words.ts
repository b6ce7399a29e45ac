import { defineWords } from '../kernel/words.ts';
import { adminEn } from './words-en.ts';
import { adminZh } from './words-zh.ts';

export const adminWords = defineWords(adminZh, adminEn);

declare module 'i18next' {
  interface ResourceNamespaceMap {
    admin: typeof adminWords.zh;
  }
}
