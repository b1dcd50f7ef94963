import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConsoleLog } from './console-log.ts';

describe('ConsoleLog', () => {
  let folder: string;
  let log: ConsoleLog;
  const lines: string[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'halligan-console-'));
    log = new ConsoleLog(join(folder, 'console.log'));
    lines.length = 0;
    log.on('line', ({ text }) => lines.push(text));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('puts lines together from pieces and keeps each with its time', async () => {
    log.write('Linux ver');
    log.write('sion 6.1\r\nnext');
    await log.close();
    expect(lines).toEqual(['Linux version 6.1', 'next']);
    const kept = (await readFile(log.path, 'utf8')).split('\n');
    expect(kept[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z Linux version 6\.1$/);
  });

  it('leaves out terminal escapes, even when they come in two pieces', async () => {
    log.write('\u001b[2J\u001b');
    log.write('[0mSeaBIOS\r\n\u001b[0m\r\n');
    await log.close();
    expect(lines).toEqual(['SeaBIOS']);
  });

  it('finds a prompt that has no end of line', async () => {
    const prompt = log.waitFor(/login: $/, 1000);
    log.write('node-1 login: ');
    await expect(prompt).resolves.toBe('node-1 login: ');
    await log.close();
  });

  it('says where to look when the words do not come', async () => {
    await expect(log.waitFor(/never/, 10)).rejects.toThrow(log.path);
    await log.close();
  });
});
