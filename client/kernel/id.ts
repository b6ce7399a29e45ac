import { v7 } from 'uuid';

/** A new id, made on the device: creations can be sent again without doing anything twice. */
export const newId = (): string => v7();
