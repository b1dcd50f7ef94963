import ssh2 from 'ssh2';

type KeyPair = { private: string; public: string };

/**
 * A new Ed25519 key pair in OpenSSH's format. ssh2 cuts leading zero bytes off, so that about one pair in 130 cannot
 * be read by anyone (mscdex/ssh2#1390): such a pair is thrown away and another made.
 */
export function newSshKeyPair(
  generate: () => KeyPair = () => ssh2.utils.generateKeyPairSync('ed25519', { comment: 'halligan' }),
): KeyPair {
  for (;;) {
    const pair = generate();
    if ([pair.private, pair.public].every((half) => !(ssh2.utils.parseKey(half) instanceof Error)))
      return pair;
  }
}
