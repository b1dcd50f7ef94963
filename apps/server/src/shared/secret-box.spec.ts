import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServerConfig } from '../config.ts';
import { ensureKeys } from '../supervisor/first-secrets.ts';
import { SecretBox } from './secret-box.ts';

describe('SecretBox', () => {
  let directory: string;
  let box: SecretBox;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'halligan-box-'));
    const config = ServerConfig.of({ data: directory });
    ensureKeys(config);
    box = new SecretBox(config);
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it('opens what it sealed, and seals the same text differently each time', () => {
    const [first, second] = [box.seal('calvin'), box.seal('calvin')];

    expect(first).not.toBe(second);
    expect([box.open(first), box.open(second)]).toEqual(['calvin', 'calvin']);
  });

  it('refuses what was altered, and what is no sealed secret', () => {
    const sealed = box.seal('calvin');
    const altered = `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`;

    expect(() => box.open(altered)).toThrow();
    expect(() => box.open('calvin')).toThrow('not a sealed secret');
  });

  it('says what to do when the key is missing', () => {
    const elsewhere = new SecretBox(ServerConfig.of({ data: join(directory, 'other') }));

    expect(() => elsewhere.seal('x')).toThrow("needs a copy of the admin server's secrets folder");
  });

  it('never makes a second encryption key for a database that has secrets', () => {
    const config = ServerConfig.of({ data: directory });
    rmSync(join(config.secretsDir, 'encryption.key'));
    writeFileSync(join(directory, 'halligan.db'), '');

    expect(() => ensureKeys(config)).toThrow('Restore it from a backup');
  });
});
