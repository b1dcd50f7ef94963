import { describe, expect, it } from 'vitest';
import { pinnedKeys } from './host-keys.ts';

const BLOB = Buffer.from('a public key blob');

describe('pinnedKeys', () => {
  it('knows its own keys and no other', () => {
    const pinned = pinnedKeys([`ssh-ed25519 ${BLOB.toString('base64')} root@node`]);

    expect(pinned.matches(BLOB)).toBe(true);
    expect(pinned.matches(Buffer.from('a public key blob!'))).toBe(false);
  });

  it('asks for signatures a node with these keys can make', () => {
    expect(pinnedKeys(['ssh-rsa AAAA', 'ssh-ed25519 BBBB', 'ssh-rsa CCCC']).algorithms).toEqual([
      'rsa-sha2-512',
      'rsa-sha2-256',
      'ssh-ed25519',
    ]);
  });

  it.each([[[]], [['']], [['nonsense']]])('accepts nothing when pinned to %j', (lines) => {
    const pinned = pinnedKeys(lines);

    expect(pinned.algorithms).toEqual([]);
    expect(pinned.matches(Buffer.alloc(0))).toBe(false);
  });
});
