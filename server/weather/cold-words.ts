/** Whether a warning is about cold: by the words that weather bureaus use for it. */

const chinese =
  /寒潮|低温|霜冻|冰冻|结冰|积冰|暴雪|降雪|大雪|雪灾|雨雪|降温|冻雨|冻害|严寒|寒冷|暴风雪|吹雪|雨夹雪|冷空气/;
const latin =
  /\b(cold|freez(e|ing)|snow\w*|ice|icing|icy|blizzard|wind ?chill|winter (storm|weather)|sleet|froid|neige|verglas|gel|gelées?|k[äa]lte|schnee\w*|frost|gl[äa]tte|eis|hielo|nieve|heladas?|fr[ií]o)(?![\p{L}])/iu;
const cyrillic = /мороз|снег|метель|голол[её]д|гололедица/iu;

export const isAboutCold = (...words: readonly string[]): boolean =>
  words.some((word) => chinese.test(word) || latin.test(word) || cyrillic.test(word));
