/** Bounds of a report that the device shows and the server judges; apart from the schemas, so that a phone need not load those. */
export const maxNoteLength = 2000;
export const maxHeadcount = 200;
