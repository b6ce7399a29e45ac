import { defineWords } from '../kernel/words.ts';

export const boardWords = defineWords({ title: '值班台' }, { title: 'Duty board' });

declare module 'i18next' {
  interface ResourceNamespaceMap {
    board: typeof boardWords.zh;
  }
}
