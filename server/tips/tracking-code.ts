import { randomInt } from 'node:crypto';

/** Crockford's alphabet: no letter that is read as a digit. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 8;

/** 40 random bits that a person can write down; whoever has the code may ask what became of the tip. */
export const newTrackingCode = (): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
