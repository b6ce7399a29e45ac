import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Language } from '../../shared/accounts/schema.ts';
import { startingLanguage, storeLanguage } from './language.ts';
import type { WordTree } from './words.ts';

/** By name; a page that loads one language has that one alone. */
export type Namespaces = Record<string, { zh?: object | undefined; en?: object | undefined }>;

/** One set of words in either language, to be loaded. */
export type WordSet = Record<Language, () => Promise<{ namespaces: Namespaces }>>;

/** Starts synchronously with the words there are; no screen is shown before its own. */
export function startWords(namespaces: Namespaces, language: Language = startingLanguage()): void {
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'zh-CN',
    supportedLngs: ['zh-CN', 'en'],
    initAsync: false,
    resources: { 'zh-CN': halfOf(namespaces, 'zh'), en: halfOf(namespaces, 'en') },
    ns: Object.keys(namespaces),
    defaultNS: 'common',
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language;
}

function halfOf(namespaces: Namespaces, half: 'zh' | 'en'): Record<string, WordTree> {
  const found: Record<string, WordTree> = {};
  for (const [name, words] of Object.entries(namespaces))
    if (words[half]) found[name] = words[half] as WordTree;
  return found;
}

function addWords(namespaces: Namespaces): void {
  for (const [language, half] of [
    ['zh-CN', 'zh'],
    ['en', 'en'],
  ] as const)
    for (const [name, words] of Object.entries(halfOf(namespaces, half)))
      i18next.addResourceBundle(language, name, words);
}

const shownSets = new Set<WordSet>();

/** The words of a screen, which come with its code and before it is drawn: in the language on screen alone. */
export async function loadWords(set: WordSet): Promise<void> {
  shownSets.add(set);
  const language = languageNow();
  addWords((await set[language]()).namespaces);
  // It was switched while these were on their way.
  if (languageNow() !== language) await loadWords(set);
}

/** @throws where the other language's words can't be loaded: then this one stays */
export async function changeLanguage(language: Language): Promise<void> {
  const loaded = await Promise.all([...shownSets].map((set) => set[language]()));
  for (const { namespaces } of loaded) addWords(namespaces);
  storeLanguage(language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

const languageNow = (): Language => (i18next.language === 'en' ? 'en' : 'zh-CN');

/** The language on screen; re-renders when it is switched. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === 'en' ? 'en' : 'zh-CN';
}
