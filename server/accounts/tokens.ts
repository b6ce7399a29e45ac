import { createHash, randomBytes } from 'node:crypto';

/** 32 random bytes for the cookie or the link; the table keeps only their hash. */
export const newToken = (): string => randomBytes(32).toString('base64url');
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();
