import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const RECORDS = '/run/halligan-lab';

const recordSchema = z.object({
  namespace: z.string(),
  folder: z.string(),
  pid: z.int(),
  /** The owner's start in clock ticks since boot: tells it from a later process with its number. */
  startTicks: z.string(),
  startedAt: z.string(),
});

/** A rack that was set up on this machine, written down so that it can be removed even if its owner dies. */
export type RackRecord = z.infer<typeof recordSchema>;

/** Writes the record before anything else is made. */
export async function writeRecord(namespace: string, folder: string): Promise<void> {
  await mkdir(RECORDS, { recursive: true, mode: 0o700 });
  const record: RackRecord = {
    namespace,
    folder,
    pid: process.pid,
    startTicks: (await startTicksOf(process.pid)) ?? '',
    startedAt: new Date().toISOString(),
  };
  await writeFile(recordPath(namespace), JSON.stringify(record));
}

export async function removeRecord(namespace: string): Promise<void> {
  await rm(recordPath(namespace), { force: true });
}

export function recordPath(namespace: string): string {
  return join(RECORDS, `${namespace}.json`);
}

/** Every rack written down on this machine. */
export async function readRecords(): Promise<RackRecord[]> {
  const names = await readdir(RECORDS).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const texts = await Promise.all(names.map((name) => readFile(join(RECORDS, name), 'utf8')));
  return texts.map((text) => recordSchema.parse(JSON.parse(text)));
}

/** True while the process that set the rack up is alive. */
export async function ownerLives(record: RackRecord): Promise<boolean> {
  return (await startTicksOf(record.pid)) === record.startTicks;
}

async function startTicksOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // Field 22 of proc(5), counted after the command's name, which may itself hold spaces and brackets.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}
