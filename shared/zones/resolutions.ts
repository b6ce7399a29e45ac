/** Staff screens hold H3 resolution 9; a public screen never sees cells finer than 7. Apart from the schemas: no checker. */
export const cellResolution = 9;
export const publicCellResolution = 7;
