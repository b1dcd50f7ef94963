import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cached, contentName } from './cached.ts';

it('builds once, and leaves nothing of a build that failed', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'hg-cached-'));
  try {
    await expect(cached(parent, 'x', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await readdir(parent)).toEqual([]);
    const build = (text: string) => cached(parent, 'x', (folder) => writeFile(join(folder, 'file'), text));
    await build('first');
    expect(await readFile(join(await build('second'), 'file'), 'utf8')).toBe('first');
  } finally {
    await rm(parent, { recursive: true });
  }
});

it('names the same inputs the same, and others otherwise', () => {
  expect(contentName(['a', 'b'])).toBe(contentName(['a', 'b']));
  expect(contentName(['a', 'b'])).not.toBe(contentName(['ab']));
});
