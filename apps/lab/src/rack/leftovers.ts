import { access, rm } from 'node:fs/promises';
import { NetworkNamespace } from './namespace.ts';
import { ownerLives, type RackRecord, readRecords, removeRecord } from './record.ts';

/** Racks whose owner is dead: it was killed before it could tidy up. */
export async function findLeftovers(): Promise<RackRecord[]> {
  const records = await readRecords();
  const alive = await Promise.all(records.map(ownerLives));
  return records.filter((_, index) => alive[index] === false);
}

/** Removes a dead rack's processes, namespace, files and record. */
export async function removeLeftover(record: RackRecord): Promise<void> {
  if (await namespaceExists(record.namespace)) await NetworkNamespace.existing(record.namespace).remove();
  await rm(record.folder, { recursive: true, force: true });
  await removeRecord(record.namespace);
}

async function namespaceExists(name: string): Promise<boolean> {
  return access(`/run/netns/${name}`).then(
    () => true,
    () => false,
  );
}
