/** Sound without tags; `seconds` null where the container does not tell. */
export interface CleanSound {
  bytes: Buffer;
  seconds: number | null;
}
