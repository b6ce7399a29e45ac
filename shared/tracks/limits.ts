/** Track points that travel in one batch; apart from the schema, so that a screen can know it without the parser. */
export const maxBatchPoints = 120;
