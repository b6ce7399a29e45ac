/** The words of what waits on this device: they come when something does. */
import { outboxWords } from './words.ts';

export const namespaces = { outbox: outboxWords };
