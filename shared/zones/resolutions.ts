/** A public screen never sees cells finer than this. Apart from the schemas: no checker. */
export const publicCellResolution = 7;
