/** The words that every screen needs at once; the others come with the screens. */
import { commonWords } from './kernel/common-words.ts';
import { errorWords } from './kernel/error-words.ts';
import { weatherWords } from './weather/words.ts';

export const namespaces = { common: commonWords, errors: errorWords, weather: weatherWords };
