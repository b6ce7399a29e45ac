export type CityImportCode =
  | 'usage'
  | 'file_unreadable'
  | 'not_an_extract'
  | 'broken_extract'
  | 'unsupported_extract'
  | 'nothing_inside'
  | 'too_large'
  | 'tilemaker_failed'
  | 'bad_pmtiles'
  | 'busy';

/** A city could not be made; the message is for the person at the command line. */
export class CityImportError extends Error {
  readonly code: CityImportCode;

  constructor(code: CityImportCode, message: string) {
    super(message);
    this.name = 'CityImportError';
    this.code = code;
  }
}
