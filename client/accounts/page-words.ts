/** The words of the small screens about who is signed in. */
import { accountsWords } from './words.ts';

export const namespaces = { accounts: accountsWords };
