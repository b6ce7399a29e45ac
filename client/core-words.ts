/** The words that every screen needs at once; the others come with the screens. */
import { commonWords } from './kernel/common-words.ts';
import { errorWords } from './kernel/error-words.ts';
import { responseWords } from './response/words.ts';

export const namespaces = { common: commonWords, errors: errorWords, response: responseWords };
