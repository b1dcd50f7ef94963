import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ServerConfig } from '../config.ts';
import { readSecret } from './secrets.ts';

const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals what must be stored and read back, such as BMC passwords: AES-256-GCM with the data folder's key. */
@Injectable()
export class SecretBox {
  readonly #config: ServerConfig;
  #key: Buffer | null = null;

  constructor(config: ServerConfig) {
    this.#config = config;
  }

  seal(text: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#theKey(), nonce);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return `${VERSION}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
  }

  /** Throws when the text was altered or sealed with another key. */
  open(sealed: string): string {
    const [version, encoded] = sealed.split('.');
    if (version !== VERSION || encoded === undefined) throw new Error('This is not a sealed secret.');
    const bytes = Buffer.from(encoded, 'base64url');
    const tagEnd = NONCE_BYTES + TAG_BYTES;
    const decipher = createDecipheriv('aes-256-gcm', this.#theKey(), bytes.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, tagEnd));
    return Buffer.concat([decipher.update(bytes.subarray(tagEnd)), decipher.final()]).toString('utf8');
  }

  #theKey(): Buffer {
    this.#key ??= Buffer.from(readSecret(this.#config, 'encryption.key').trim(), 'base64');
    return this.#key;
  }
}
