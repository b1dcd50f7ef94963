import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** sun_path of Linux holds 108 bytes with the closing zero. */
const LONGEST_SOCKET_PATH = 107;
const READY_LIMIT_MS = 60_000;

/** Where a private redis-server keeps its data and listens. */
export interface RedisPlace {
  directory: string;
  socket: string;
  url: string;
}

/** The socket lies in the data folder, or in a short folder of its own when that path would be too long. */
export function redisPlace(directory: string): RedisPlace {
  let socket = join(directory, 'redis.sock');
  if (Buffer.byteLength(socket) > LONGEST_SOCKET_PATH) {
    const name = createHash('sha256').update(directory).digest('hex').slice(0, 16);
    const base = existsSync('/run') && process.getuid?.() === 0 ? '/run' : tmpdir();
    mkdirSync(join(base, `halligan-${name}`), { recursive: true, mode: 0o700 });
    socket = join(base, `halligan-${name}`, 'redis.sock');
  }
  return { directory, socket, url: `unix://${socket}` };
}

/**
 * Starts redis-server on a unix socket, its data in `directory`. It ends when this process does, however that happens
 * (PR_SET_PDEATHSIG through setpriv).
 */
export function spawnRedis(place: RedisPlace): ChildProcess {
  const flags = {
    port: '0',
    unixsocket: place.socket,
    unixsocketperm: '700',
    dir: place.directory,
    pidfile: join(place.directory, 'redis.pid'),
    appendonly: 'yes',
    appendfsync: 'everysec',
    save: '',
    'maxmemory-policy': 'noeviction',
    loglevel: 'warning',
    logfile: join(place.directory, 'redis.log'),
  };
  const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
  return spawn('setpriv', ['--pdeathsig', 'TERM', 'redis-server', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
  });
}

/** Ends a redis-server that a killed supervisor left in this folder. */
export async function endStrayRedis(place: RedisPlace): Promise<void> {
  const file = join(place.directory, 'redis.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (pid > 0 && isRedisOf(pid, place)) {
    process.kill(pid, 'SIGTERM');
    for (let waited = 0; isRedisOf(pid, place); waited += 50) {
      if (waited > 10_000) process.kill(pid, 'SIGKILL');
      await delay(50);
    }
  }
  rmSync(file, { force: true });
  rmSync(place.socket, { force: true });
}

/** redis-server shows its socket as its title, so a recycled process id is not mistaken for it. */
function isRedisOf(pid: number, place: RedisPlace): boolean {
  const path = `/proc/${pid}/cmdline`;
  if (!existsSync(path)) return false;
  const line = readFileSync(path, 'utf8');
  return line.includes('redis-server') && line.includes(place.socket);
}

/** Resolves when Redis answers; a long append-only file takes its time to load. */
export async function untilRedisAnswers(place: RedisPlace, gone: () => boolean): Promise<void> {
  const deadline = Date.now() + READY_LIMIT_MS;
  while (!(await answers(place.socket))) {
    if (gone())
      throw new Error(`redis-server ended at once: see ${place.directory}/redis.log. Is it installed?`);
    if (Date.now() > deadline) throw new Error(`redis-server does not answer on ${place.socket}.`);
    await delay(20);
  }
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket);
    connection.setTimeout(1000, () => connection.destroy());
    connection.once('connect', () => connection.write('PING\r\n'));
    connection.once('data', (data) => {
      connection.destroy();
      resolve(data.toString().startsWith('+PONG'));
    });
    connection.once('error', () => resolve(false));
    connection.once('close', () => resolve(false));
  });
}
