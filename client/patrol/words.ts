import { defineWords } from '../kernel/words.ts';

export const patrolWords = defineWords({ title: '巡查' }, { title: 'Patrol' });

declare module 'i18next' {
  interface ResourceNamespaceMap {
    patrol: typeof patrolWords.zh;
  }
}
