import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

/** A key that signs one repository and is then thrown away; only its public half stays. */
export interface SigningKey {
  /** In the binary form that gpgv reads. */
  readonly publicKey: Uint8Array;
  /** Writes `<path>.gpg`, a detached signature. */
  signDetached(path: string): Promise<void>;
  /** Writes `target`, the text of `path` with its signature around it. */
  signInline(path: string, target: string): Promise<void>;
}

const OWNER = 'Halligan throw-away repository <root@localhost>';

/** Makes a key, lends it to `use`, and destroys its secret half. */
export async function withSigningKey<T>(use: (key: SigningKey) => Promise<T>): Promise<T> {
  // gpg-agent's socket must fit into 108 characters, so not below the cache.
  const home = await mkdtemp(join(tmpdir(), 'hg-gpg-'));
  const gpg = (...args: string[]) =>
    execa('gpg', ['--homedir', home, '--batch', '--yes', '--quiet', ...args], { encoding: 'buffer' });
  try {
    await gpg('--passphrase', '', '--quick-generate-key', OWNER, 'rsa3072', 'sign', '0');
    const { stdout: publicKey } = await gpg('--export');
    return await use({
      publicKey,
      signDetached: async (path) => {
        await gpg('--digest-algo', 'SHA512', '--armor', '--output', `${path}.gpg`, '--detach-sign', path);
      },
      signInline: async (path, target) => {
        await gpg('--digest-algo', 'SHA512', '--output', target, '--clear-sign', path);
      },
    });
  } finally {
    await execa('gpgconf', ['--homedir', home, '--kill', 'all'], { reject: false });
    await rm(home, { recursive: true, force: true });
  }
}
