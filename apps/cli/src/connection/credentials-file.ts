import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How this user reaches one server. */
export interface Credentials {
  url: string;
  username: string;
  token: string;
  tokenId: string;
  /** SHA-256 of the server's certificate, pinned at sign-in */
  fingerprint: string;
}

/** The signed-in server of this user, kept in a file only the user can read. */
export class CredentialsFile {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  get path(): string {
    return join(this.#dir, 'credentials.json');
  }

  read(): Credentials | null {
    try {
      return JSON.parse(readFileSync(this.path, 'utf8')) as Credentials;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw new Error(`${this.path} cannot be read: delete it and sign in again`, { cause: error });
    }
  }

  write(credentials: Credentials): void {
    mkdirSync(this.#dir, { recursive: true, mode: 0o700 });
    const draft = `${this.path}.new`;
    writeFileSync(draft, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
    renameSync(draft, this.path);
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }
}
