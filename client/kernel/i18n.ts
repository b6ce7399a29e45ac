import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Language } from '../../shared/accounts/schema.ts';
import { startingLanguage, storeLanguage } from './language.ts';
import type { WordTree } from './words.ts';

export type Namespaces = Record<string, { zh: object; en: object }>;

/** Starts synchronously with the words every screen needs; no screen ever shows a bare key. */
export function startWords(namespaces: Namespaces, language: Language = startingLanguage()): void {
  const zh: Record<string, WordTree> = {};
  const en: Record<string, WordTree> = {};
  for (const [name, words] of Object.entries(namespaces)) {
    zh[name] = words.zh as WordTree;
    en[name] = words.en as WordTree;
  }
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'zh-CN',
    supportedLngs: ['zh-CN', 'en'],
    initAsync: false,
    resources: { 'zh-CN': zh, en },
    ns: Object.keys(namespaces),
    defaultNS: 'common',
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language;
}

/** The words of a screen, which come with its code; before it is drawn. */
export function addWords(namespaces: Namespaces): void {
  for (const [name, words] of Object.entries(namespaces)) {
    i18next.addResourceBundle('zh-CN', name, words.zh);
    i18next.addResourceBundle('en', name, words.en);
  }
}

export function changeLanguage(language: Language): void {
  storeLanguage(language);
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}

/** The language on screen; re-renders when it is switched. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === 'en' ? 'en' : 'zh-CN';
}
