import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentHash, ensureArtifact, writeManifest } from './artifact-cache.ts';

describe('contentHash', () => {
  const inputs = { suite: 'bookworm', versions: ['a=1', 'b=2'] };

  it('does not depend on the order of keys', () => {
    expect(contentHash({ versions: ['a=1', 'b=2'], suite: 'bookworm' })).toBe(contentHash(inputs));
  });

  it.each([
    { suite: 'trixie', versions: ['a=1', 'b=2'] },
    { suite: 'bookworm', versions: ['a=1', 'b=3'] },
    { suite: 'bookworm', versions: ['a=1b=2'] },
    { suite: 'bookworm', versions: ['b=2', 'a=1'] },
  ])('changes with every input: %j', (other) => {
    expect(contentHash(other)).not.toBe(contentHash(inputs));
  });
});

describe('ensureArtifact', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'halligan-cache-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('builds once for callers at the same time and never again', async () => {
    let builds = 0;
    const build = async (draft: string): Promise<void> => {
      builds += 1;
      await writeManifest(draft, {});
    };
    const both = await Promise.all([ensureArtifact(dir, 'h', build), ensureArtifact(dir, 'h', build)]);
    expect(both).toEqual([join(dir, 'h'), join(dir, 'h')]);
    await ensureArtifact(dir, 'h', build);
    expect(builds).toBe(1);
  });

  it('leaves nothing behind when a build fails, and can be tried again', async () => {
    const failing = ensureArtifact(dir, 'h', () => Promise.reject(new Error('no space')));
    await expect(failing).rejects.toThrow('no space');
    expect(await readdir(dir)).toEqual([]);
    await ensureArtifact(dir, 'h', (draft) => writeManifest(draft, {}));
    expect(await readdir(dir)).toEqual(['h']);
  });
});
