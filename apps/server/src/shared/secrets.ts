import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { ServerConfig } from '../config.ts';

/** The files of the data folder's `secrets/`. */
export type SecretName = 'ssh_key' | 'ssh_key.pub' | 'encryption.key' | 'tls.key' | 'tls.crt';

/** Reads one of the installation's secrets, with an error that tells what to do when it is not there. */
export function readSecret(config: ServerConfig, name: SecretName): string {
  const path = join(config.secretsDir, name);
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(
      `Cannot read ${path}. \`halligan server\` makes it at its first start; a worker or netboot on another machine needs a copy of the admin server's secrets folder.`,
      { cause: error },
    );
  }
}

/** The key pair with which Halligan enters its nodes. */
@Injectable()
export class SshKeyPair {
  readonly #config: ServerConfig;

  constructor(config: ServerConfig) {
    this.#config = config;
  }

  /** In OpenSSH format. */
  get privateKey(): string {
    return readSecret(this.#config, 'ssh_key');
  }

  /** One line for authorized_keys. */
  get publicKey(): string {
    return readSecret(this.#config, 'ssh_key.pub').trim();
  }
}
