import { expect, it } from 'vitest';
import { hashPassword, hashSecret, newPassword, newToken, sameSecret, verifyPassword } from './secrets.ts';

it('hashes passwords with argon2id', async () => {
  const hash = await hashPassword('correct horse');

  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await verifyPassword(hash, 'correct horse')).toBe(true);
  expect(await verifyPassword(hash, 'wrong')).toBe(false);
});

it('makes tokens of which only the hash and the beginning are kept', () => {
  const { token, prefix, secretHash } = newToken();

  expect(token).toMatch(/^hlg_[\w-]{43}$/);
  expect(token.startsWith(prefix)).toBe(true);
  expect(secretHash).toBe(hashSecret(token));
  expect(newToken().token).not.toBe(token);
});

it('makes one-time passwords that can be read aloud', () => {
  expect(newPassword()).toMatch(/^([a-hjkmnp-z2-9]{5}-){4}[a-hjkmnp-z2-9]{5}$/);
});

it('compares secrets of any length', () => {
  expect(sameSecret('a', 'a')).toBe(true);
  expect(sameSecret('a', 'abc')).toBe(false);
});
