import type { Store } from './schema.ts';

/** One word for a store, to keep it by. */
export const storeKey = ({ kind, id }: Store): string => `${kind}:${id}`;
