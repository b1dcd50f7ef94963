import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { takeFileLock } from './file-lock.ts';

it('gives a file to one holder at a time, and to the next one after a release', () => {
  const directory = mkdtempSync(join(tmpdir(), 'halligan-lock-'));
  const path = join(directory, 'a.lock');
  const first = takeFileLock(path);

  expect(first).not.toBeNull();
  expect(takeFileLock(path)).toBeNull();
  first?.release();
  const second = takeFileLock(path);
  expect(second).not.toBeNull();

  second?.release();
  rmSync(directory, { recursive: true });
});
