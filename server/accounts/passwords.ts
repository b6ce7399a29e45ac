import { hash, verify } from '@node-rs/argon2';
import type { Options } from '@node-rs/argon2';

/** OWASP's minimum for argon2id, which is the default of the library: 19 MiB, two passes, one lane. */
const cost: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Stands in a row whose account can't be entered by password. */
export const noPassword = '!';

let decoy: Promise<string> | undefined;

export const hashPassword = (password: string): Promise<string> => hash(password, cost);

/** Takes the same work whether the account exists or not: without a hash, one that nothing matches is checked. */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword(crypto.randomUUID());
  const usable = stored !== null && stored !== noPassword;
  const matches = await verify(usable ? stored : await decoy, password);
  return usable && matches;
}
