export const browserFlags: string[];
export function browserVersion(executable: string): string | undefined;
export function findBrowser(): string | undefined;
export function findOrInstallBrowser(): Promise<string>;
