import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits, safe in a URL and in a kernel argument. */
export function mintToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a token: its SHA-256 as 64 hex digits. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex');
}

/** Compares two hashes in a time that does not depend on where they differ. */
export function sameHash(a: string, b: string): boolean {
  const left = Buffer.from(a, 'utf8');
  const right = Buffer.from(b, 'utf8');
  return left.length === right.length && timingSafeEqual(left, right);
}

/** The same secret for the same words again, so that an answer lost on the way can be repeated without being stored. */
export function derivedSecret(key: Buffer, ...words: string[]): string {
  return createHmac('sha256', key).update(JSON.stringify(words)).digest('base64url');
}
