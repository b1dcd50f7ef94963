import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Algorithm, hash, verify } from '@node-rs/argon2';

/** OWASP's minimum for argon2id; about 20 ms on one core. The library's enum is ambient const, hence the number. */
const ARGON2ID = { algorithm: 2 as Algorithm, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const TOKEN_PREFIX = 'hlg_';
const SHOWN = TOKEN_PREFIX.length + 6;

export function hashPassword(password: string): Promise<string> {
  return hash(password, ARGON2ID);
}

export function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, password);
}

/** Takes as long as a real check, so that an unknown user name cannot be told from a wrong password. */
export async function verifyNothing(password: string): Promise<false> {
  await hash(password, ARGON2ID);
  return false;
}

/** 256 random bits, as text. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** A secret of 256 random bits needs no slow hash. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

export function newToken(): { token: string; prefix: string; secretHash: string } {
  const token = `${TOKEN_PREFIX}${newSecret()}`;
  return { token, prefix: token.slice(0, SHOWN), secretHash: hashSecret(token) };
}

export function isToken(text: string): boolean {
  return text.startsWith(TOKEN_PREFIX);
}

/** Compares without telling by its duration where the difference is. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(a)), Buffer.from(hashSecret(b)));
}

/** Readable, without look-alikes: five groups of five, 116 bits. */
export function newPassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
  const letters: string[] = [];
  while (letters.length < 25) {
    for (const byte of randomBytes(32)) {
      const letter = byte < 248 ? alphabet[byte % alphabet.length] : undefined;
      if (letter !== undefined && letters.length < 25) letters.push(letter);
    }
  }
  return (letters.join('').match(/.{5}/g) ?? []).join('-');
}
