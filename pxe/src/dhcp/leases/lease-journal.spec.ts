import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Lease } from './lease.ts';
import { FileJournal, type Journal, JournalConflictError, JournalFormatError } from './lease-journal.ts';
import { journalHeader, parseRecord } from './lease-record.ts';
import { LeaseNotDurableError, LeaseStore } from './lease-store.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leases-'));
});
afterEach(() => rm(folder, { recursive: true }));
const path = () => join(folder, 'leases.journal');

const lease = (index: number, expiresAt = 5000): Lease => ({
  address: 0x0a4e0000 + index,
  client: `mac:${index}`,
  mac: `${index}`,
  network: '10.78.0.0/24',
  state: 'leased',
  expiresAt,
});

async function reopened(): Promise<{ addresses: number[]; torn: number; unreadable: number }> {
  const { store, recovery } = await LeaseStore.open(folder);
  const addresses = store.book.durable().map(({ address }) => address & 255);
  await store.close();
  return { addresses, torn: recovery.tornBytes, unreadable: recovery.unreadableLines };
}

describe('the journal', () => {
  it('brings back what was committed, the last word per address winning', async () => {
    const { store } = await LeaseStore.open(folder);
    await Promise.all([store.commit(lease(1)), store.commit(lease(2)), store.commit(lease(1, 9000))]);
    await store.commit({ ...lease(2), state: 'released', expiresAt: 0 });
    await store.close();
    const again = (await LeaseStore.open(folder)).store;
    expect(again.book.durable()).toEqual([lease(1, 9000), { ...lease(2), state: 'released', expiresAt: 0 }]);
    await again.close();
  });

  it('survives being cut anywhere: every whole line counts, a torn one is dropped and said', async () => {
    const { store } = await LeaseStore.open(folder);
    for (const index of [1, 2, 3]) await store.commit(lease(index));
    await store.close();
    const whole = await readFile(path());
    const ends = [...whole].flatMap((byte, index) => (byte === 10 ? [index + 1] : []));
    for (let length = whole.length; length >= (ends[0] ?? 0); length -= 7) {
      await writeFile(path(), whole.subarray(0, length));
      const kept = ends.filter((end) => end <= length);
      expect(await reopened()).toEqual({
        addresses: [1, 2, 3].slice(0, kept.length - 1),
        torn: length - (kept.at(-1) ?? 0),
        unreadable: 0,
      });
      expect((await readFile(path())).length).toBe(kept.at(-1));
    }
  });

  it('skips and counts lines that are no leases', async () => {
    const bad = ['nonsense', '{}', '{"address":"10.78.0.999"}', 'null', '[1]', '7'];
    await writeFile(path(), `${[journalHeader, ...bad].join('\n')}\n`);
    expect(await reopened()).toMatchObject({ addresses: [], unreadable: 6 });
    expect(bad.map(parseRecord)).toEqual(bad.map(() => undefined));
  });

  it('refuses a file that is not a journal, and leaves it alone', async () => {
    for (const text of ['something else\n', '{"format":"halligan-leases","version":2}\n', 'no line']) {
      await writeFile(path(), text);
      await expect(LeaseStore.open(folder)).rejects.toThrow(JournalFormatError);
      expect(await readFile(path(), 'utf8')).toBe(text);
    }
  });

  it('refuses to go on when another process writes to the file', async () => {
    const { journal } = await FileJournal.open(path());
    await appendFile(path(), 'intruder\n');
    await expect(journal.append(['x'])).rejects.toThrow(JournalConflictError);
    await truncate(path(), journalHeader.length + 1);
    await journal.append(['x']);
    await rm(path());
    await expect(journal.append(['y'])).rejects.toThrow(JournalConflictError);
    await journal.close();
  });

  it('replaces everything at once, and goes on behind it', async () => {
    const { journal } = await FileJournal.open(path());
    await journal.append(['a', 'b']);
    await journal.replace(['c']);
    await journal.append(['d']);
    await journal.close();
    expect(await readFile(path(), 'utf8')).toBe(`${journalHeader}\nc\nd\n`);
  });
});

/** A journal whose disk can be full, and which can be watched. */
class FakeJournal implements Journal {
  readonly batches: (readonly string[])[] = [];
  replaced = 0;
  full = false;
  cannotReplace = false;
  async append(lines: readonly string[]): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.full) throw new Error('ENOSPC: no space left on device');
    this.batches.push(lines);
  }
  async replace(): Promise<void> {
    if (this.cannotReplace) throw new Error('ENOSPC: no space left on device');
    this.replaced += 1;
  }
  async close(): Promise<void> {}
}

describe('the store', () => {
  it('writes what comes together in one go', async () => {
    const journal = new FakeJournal();
    const store = new LeaseStore(journal);
    await Promise.all(Array.from({ length: 100 }, (_, index) => store.commit(lease(index))));
    expect(journal.batches.map((batch) => batch.length)).toEqual([100]);
  });

  it('undoes all that waited when the disk is full, and works again when it is not', async () => {
    const journal = new FakeJournal();
    const store = new LeaseStore(journal);
    await store.commit(lease(1));
    journal.full = true;
    const first = store.commit(lease(1, 7000));
    await new Promise((resolve) => setImmediate(resolve));
    const results = await Promise.allSettled([first, store.commit(lease(1, 8000)), store.commit(lease(2))]);
    for (const result of results) expect(result).toMatchObject({ reason: expect.any(LeaseNotDurableError) });
    expect(store.book.durable()).toEqual([lease(1)]);
    journal.full = false;
    await store.commit(lease(2));
    expect(store.book.durable()).toEqual([lease(1), lease(2)]);
  });

  it('compacts a journal that is mostly history, and keeps going when that fails', async () => {
    const journal = new FakeJournal();
    const store = new LeaseStore(journal);
    const renew = (count: number) =>
      Promise.all(Array.from({ length: count }, (_, index) => store.commit(lease(1, index))));
    journal.cannotReplace = true;
    await renew(10_100);
    await store.commit(lease(2));
    expect(store.compactionFailure).toMatchObject({ message: expect.stringContaining('ENOSPC') });
    journal.cannotReplace = false;
    await renew(10_100);
    await store.commit(lease(2));
    expect(journal.replaced).toBe(1);
    expect(store.book.durable()).toHaveLength(2);
  });
});
