import { defineWords } from '../kernel/words.ts';

export const adminWords = defineWords({ title: '管理' }, { title: 'Administration' });

declare module 'i18next' {
  interface ResourceNamespaceMap {
    admin: typeof adminWords.zh;
  }
}
