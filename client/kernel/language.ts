/** Which language the screen speaks: the stored choice, else the browser's, else Chinese. */
import type { Language } from '../../shared/accounts/schema.ts';
import { readStored, writeStored } from './stored.ts';

const key = 'nuanxun.language';

const isLanguage = (value: unknown): value is Language => value === 'zh-CN' || value === 'en';

export function pickLanguage(stored: unknown, browser: readonly string[]): Language {
  if (isLanguage(stored)) return stored;
  for (const tag of browser) {
    if (tag.toLowerCase().startsWith('zh')) return 'zh-CN';
    if (tag.toLowerCase().startsWith('en')) return 'en';
  }
  return 'zh-CN';
}

export const startingLanguage = (): Language =>
  pickLanguage(readStored(key), navigator.languages ?? [navigator.language]);

export const storeLanguage = (language: Language): boolean => writeStored(key, language);
