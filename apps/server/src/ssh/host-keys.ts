/** The pinned keys of one node, in the two forms the SSH client asks for. */
export interface PinnedKeys {
  /** Signature algorithms to offer, so that the node answers with a key we know. */
  readonly algorithms: readonly string[];
  /** Whether the key blob a node presents is one of the pinned ones. */
  matches(blob: Buffer): boolean;
}

const RSA_SIGNATURES = ['rsa-sha2-512', 'rsa-sha2-256'];

/** Reads pinned keys (`type base64 [comment]`); lines that are none are left out. */
export function pinnedKeys(lines: readonly string[]): PinnedKeys {
  const keys = lines.flatMap((line) => {
    const [type = '', encoded = ''] = line.trim().split(/\s+/);
    return /^[a-z][a-z0-9@.-]+$/.test(type) && encoded !== ''
      ? [{ type, blob: Buffer.from(encoded, 'base64') }]
      : [];
  });
  const algorithms = keys.flatMap(({ type }) => (type === 'ssh-rsa' ? RSA_SIGNATURES : [type]));
  return {
    algorithms: [...new Set(algorithms)],
    matches: (blob) => keys.some((key) => key.blob.equals(blob)),
  };
}
