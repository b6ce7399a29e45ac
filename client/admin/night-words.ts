/** Weather sources, hours typed in, the rules of the response, and what each level changes: words of their pages. */
import { defineWords } from '../kernel/words.ts';
import { adminNightEn } from './night-words-en.ts';
import { adminNightZh } from './night-words-zh.ts';

export const adminNightWords = defineWords(adminNightZh, adminNightEn);

declare module 'i18next' {
  interface ResourceNamespaceMap {
    adminNight: typeof adminNightWords.zh;
  }
}
