export function findPostgres(): { bin: string; version: string; share: string } | undefined;
