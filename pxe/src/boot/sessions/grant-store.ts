import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Grant, GrantKind } from './grant.ts';
import { RecordJournal } from './record-journal.ts';

/** Oldest unused boots give way past this many grants: a flood of made-up cards cannot fill the memory. */
export const maxGrants = 50_000;
/** An expired grant is remembered this long, to tell `expired` from `unknown`. */
const memoryOfExpired = 3_600_000;
/** A session's silence is measured in hours; there is no need to write it down at each heartbeat. */
const touchEvery = 3_600_000;

/** Grants by hash, in memory and in the journal, in the order in which they were made. */
export class GrantStore {
  private readonly grants = new Map<string, Grant>();

  private constructor(
    private readonly journal: RecordJournal<Grant>,
    readonly key: Buffer,
    private readonly now: () => number,
  ) {
    for (const [hash, grant] of journal.entries()) this.grants.set(hash, grant);
  }

  static async open(dir: string, onFault: (error: Error) => void, now: () => number): Promise<GrantStore> {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const { journal, damaged } = await RecordJournal.open<Grant>({
      path: join(dir, 'boot-sessions.journal'),
      onFault,
    });
    if (damaged > 0) onFault(new Error(`boot session journal: ${damaged} unreadable record(s) left out`));
    const store = new GrantStore(journal, await readOrMakeKey(join(dir, 'boot-sessions.key')), now);
    store.sweep();
    return store;
  }

  get(hash: string): Grant | undefined {
    return this.grants.get(hash);
  }

  save(grant: Grant): void {
    this.grants.set(grant.hash, grant);
    this.journal.put(grant.hash, grant);
    if (this.grants.size > maxGrants) this.evict();
  }

  touch(grant: Grant, lifetime: number): void {
    const expiresAt = this.now() + lifetime;
    if (expiresAt - grant.expiresAt > touchEvery) this.save({ ...grant, expiresAt });
  }

  /** Removes unused grants of a kind: for a boot when it has no node yet, else for its node. */
  dropUnused(kind: GrantKind, owner: { bootId: string; nodeId: string | null }): void {
    this.dropWhere(
      (grant) =>
        grant.kind === kind &&
        grant.usedBy === null &&
        (grant.bootId === owner.bootId || (owner.nodeId !== null && grant.nodeId === owner.nodeId)),
    );
  }

  dropSessions(mac: string, except: string): void {
    this.dropWhere((grant) => grant.kind === 'session' && grant.mac === mac && grant.hash !== except);
  }

  dropNode(nodeId: string): void {
    this.dropWhere((grant) => grant.nodeId === nodeId);
  }

  sweep(): number {
    const limit = this.now() - memoryOfExpired;
    this.dropWhere((grant) => grant.expiresAt < limit);
    return this.grants.size;
  }

  written(): Promise<void> {
    return this.journal.written();
  }

  close(): Promise<void> {
    return this.journal.close();
  }

  private dropWhere(unwanted: (grant: Grant) => boolean): void {
    for (const [hash, grant] of this.grants) if (unwanted(grant)) this.drop(hash);
  }

  private evict(): void {
    for (const [hash, grant] of this.grants) {
      if (grant.kind !== 'boot' || grant.resources.ipxe?.done) continue;
      this.drop(hash);
      return;
    }
  }

  private drop(hash: string): void {
    this.grants.delete(hash);
    this.journal.delete(hash);
  }
}

async function readOrMakeKey(path: string): Promise<Buffer> {
  const file = await open(path, 'a+', 0o600);
  try {
    const found = await readFile(path);
    if (found.length === 32) return found;
    const key = randomBytes(32);
    await file.truncate(0);
    await file.write(key);
    await file.sync();
    return key;
  } finally {
    await file.close();
  }
}
