import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/** A PostgreSQL of one's own, on a unix socket only, that ends with this process. */
export interface PrivatePostgresql {
  /** An empty database nobody else uses. */
  newDatabase(): Promise<string>;
  /** Ends it and takes its files away. */
  stop(): Promise<void>;
}

interface Owner {
  uid: number;
  gid: number;
}

/** Starts a cluster in a temporary folder. Debian's `postgresql` package is enough; its own cluster is not touched. */
export async function startPostgresql(): Promise<PrivatePostgresql> {
  const bin = binaries();
  const owner = ownerOfCluster();
  const directory = mkdtempSync(join(tmpdir(), 'halligan-pg-'));
  const data = join(directory, 'data');
  mkdirSync(data);
  for (const path of [directory, data]) if (owner !== null) chownSync(path, owner.uid, owner.gid);
  const as = owner === null ? {} : owner;
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'halligan', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
    {
      ...as,
      cwd: directory,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const settings = {
    listen_addresses: '',
    unix_socket_directories: directory,
    fsync: 'off',
    max_connections: '100',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const keeper = spawn(
    'sh',
    [
      '-c',
      KEEPER,
      'sh',
      directory,
      'setpriv',
      ...identity(owner),
      join(bin, 'postgres'),
      '-D',
      data,
      ...flags,
    ],
    { cwd: '/', stdio: ['pipe', 'ignore', 'ignore'], detached: true },
  );
  await untilItAnswers(directory, keeper);
  // The keeper must not keep a finished test alive.
  keeper.unref();
  return { newDatabase: () => newDatabase(directory), stop: () => stop(keeper) };
}

/**
 * Ends PostgreSQL and takes its folder away when its standard input closes, which it does when this process ends, even
 * by SIGKILL; test runners end their workers in ways that leave no time for more.
 */
const KEEPER = 'dir=$1; shift; "$@" </dev/null & cat >/dev/null; kill -QUIT $!; wait $!; rm -rf "$dir"';

/** Where PostgreSQL's programs are, or null when it is not installed. */
export function findPostgresql(): string | null {
  const base = '/usr/lib/postgresql';
  const versions = existsSync(base) ? readdirSync(base).sort((a, b) => Number(b) - Number(a)) : [];
  const places = [...versions.map((version) => join(base, version, 'bin')), '/usr/local/bin', '/usr/bin'];
  return (
    places.find((place) => existsSync(join(place, 'initdb')) && existsSync(join(place, 'postgres'))) ?? null
  );
}

function binaries(): string {
  const found = findPostgresql();
  if (found === null) throw new Error('PostgreSQL is not installed: apt-get install postgresql');
  return found;
}

/** PostgreSQL refuses to run as root. */
function ownerOfCluster(): Owner | null {
  if (process.getuid?.() !== 0) return null;
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  const line =
    lines.find((each) => each.startsWith('postgres:')) ?? lines.find((each) => each.startsWith('nobody:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}

function identity(owner: Owner | null): string[] {
  if (owner === null) return [];
  return ['--reuid', String(owner.uid), '--regid', String(owner.gid), '--clear-groups'];
}

function urlOf(directory: string, database: string): string {
  return `postgresql://halligan@localhost/${database}?host=${encodeURIComponent(directory)}`;
}

async function untilItAnswers(directory: string, server: ChildProcess): Promise<void> {
  for (let waited = 0; waited < 30_000; waited += 50) {
    if (server.exitCode !== null)
      throw new Error(`postgres ended with ${server.exitCode} before it answered.`);
    const client = new pg.Client({ connectionString: urlOf(directory, 'postgres') });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      // It is still starting; the exit code and the time limit tell when it will not.
      await delay(50);
    }
  }
  throw new Error('postgres does not answer.');
}

async function newDatabase(directory: string): Promise<string> {
  const name = `t_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client({ connectionString: urlOf(directory, 'postgres') });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name}`);
  } finally {
    await client.end();
  }
  return urlOf(directory, name);
}

async function stop(keeper: ChildProcess): Promise<void> {
  if (keeper.exitCode !== null || keeper.signalCode !== null) return;
  keeper.ref();
  const ended = once(keeper, 'exit');
  keeper.stdin?.end();
  await ended;
}
