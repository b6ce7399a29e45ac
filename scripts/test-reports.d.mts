export type Counts = { passed: number; failed: number; skipped: number; note?: string };
export function countVitest(file: string, exitCode: number): Counts;
export function countPlaywright(file: string, exitCode: number): Counts;
export function closingLine(results: Counts[]): string;
