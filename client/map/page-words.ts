/** The words of a map, where one comes by itself. */
import { mapWords } from './words.ts';

export const namespaces = { map: mapWords };
