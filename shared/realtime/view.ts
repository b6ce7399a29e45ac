/** Apart from the schemas, so that a screen that counts cells need not load the checker. */

/** H3 resolution of the areas a screen can follow. */
export const viewResolution = 6;
export const maxViewCells = 200;
