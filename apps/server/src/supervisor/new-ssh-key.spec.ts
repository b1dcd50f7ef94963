import ssh2 from 'ssh2';
import { expect, it } from 'vitest';
import { newSshKeyPair } from './new-ssh-key.ts';

it('never hands out a pair that cannot be read', () => {
  const good = newSshKeyPair();
  const broken = { private: good.private.replace('b3BlbnNzaC', 'b3BlbnNz'), public: good.public };
  const made = [broken, { private: good.private, public: 'ssh-ed25519 AAAA halligan' }, good];

  const pair = newSshKeyPair(() => made.shift() ?? good);

  expect(pair).toBe(good);
  expect(ssh2.utils.parseKey(pair.private)).not.toBeInstanceOf(Error);
});
