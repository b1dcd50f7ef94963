import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RecordJournal } from './record-journal.ts';

let dir: string;
let path: string;
const faults: Error[] = [];
const open = (compactAt?: number) =>
  RecordJournal.open<number>({
    path,
    onFault: (error) => faults.push(error),
    ...(compactAt === undefined ? {} : { compactAt }),
  });

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'halligan-journal-'));
  path = join(dir, 'deep', 'x.journal');
});

afterEach(async () => {
  await rm(dir, { recursive: true });
  expect(faults).toEqual([]);
});

describe('a record journal', () => {
  it('gives back what was recorded, last value per key', async () => {
    const { journal } = await open();
    journal.put('a', 1);
    journal.put('b', 2);
    journal.put('a', 3);
    journal.delete('b');
    await journal.close();
    const again = await open();
    expect([...again.journal.entries()]).toEqual([['a', 3]]);
    expect(again.damaged).toBe(0);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await again.journal.close();
  });

  it('has a record in the file without being closed: a killed process loses nothing it has flushed', async () => {
    const { journal } = await open();
    journal.put('a', 1);
    await journal.flushed();
    const again = await open();
    expect([...again.journal.entries()]).toEqual([['a', 1]]);
    await Promise.all([journal.close(), again.journal.close()]);
  });

  it('leaves out a torn tail, at whichever byte it is torn, and goes on from there', async () => {
    const { journal } = await open();
    journal.put('a', 1);
    await journal.flushed();
    const whole = (await stat(path)).size;
    journal.put('b', 2);
    await journal.close();
    const content = await readFile(path);
    for (let size = content.length - 1; size > whole; size -= 1) {
      await writeFile(path, content.subarray(0, size));
      const torn = await open();
      // Without its line end the record is still whole.
      expect([...torn.journal.entries()]).toHaveLength(size === content.length - 1 ? 2 : 1);
      torn.journal.put('c', 3);
      await torn.journal.close();
      const healed = await open();
      expect(healed.damaged).toBe(0);
      expect(new Map(healed.journal.entries()).get('c')).toBe(3);
      await healed.journal.close();
    }
  });

  it('leaves out a damaged line and keeps those around it', async () => {
    const { journal } = await open();
    journal.put('a', 1);
    await journal.flushed();
    await appendFile(path, '00000000 ["b",2]\n');
    journal.put('c', 3);
    await journal.close();
    const again = await open();
    expect([...again.journal.entries()]).toEqual([
      ['a', 1],
      ['c', 3],
    ]);
    expect(again.damaged).toBe(1);
    await again.journal.close();
  });

  it('stays small when the same keys change again and again', async () => {
    const { journal } = await open(2_000);
    for (let round = 0; round < 50; round += 1) {
      for (let key = 0; key < 10; key += 1) journal.put(`key-${key}`, round);
      await journal.flushed();
    }
    expect((await readFile(path)).length).toBeLessThan(3_000);
    await journal.close();
    const again = await open();
    expect([...again.journal.entries()]).toHaveLength(10);
    await again.journal.close();
  });
});
