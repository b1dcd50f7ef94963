import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../../src/runs/testing/ssh-node.sh', import.meta.url));
const UNSHARE = ['--mount', '--pid', '--fork', '--kill-child'];
let count = 0;

/** A light node with a real sshd on a loopback address of its own; see ssh-node.sh. Needs root. */
export class SshNode {
  readonly address: string;
  readonly #base = mkdtempSync('/dev/shm/halligan-ssh-node-');
  #child: ChildProcess | null = null;
  #log = '';

  constructor() {
    count += 1;
    this.address = `127.77.${process.pid % 250}.${count}`;
    for (const name of ['upper', 'work', 'root']) mkdirSync(join(this.#base, name));
    execFileSync('ssh-keygen', [
      '-q',
      '-t',
      'ed25519',
      '-N',
      '',
      '-C',
      '',
      '-f',
      this.#made('/etc/halligan-test/host_key'),
    ]);
  }

  /** `<type> <base64>`. */
  get hostKey(): string {
    return readFileSync(`${this.path('/etc/halligan-test/host_key')}.pub`, 'utf8').trim();
  }

  /** Lets in whoever has this key, and waits until sshd answers. */
  async start(publicKey: string): Promise<void> {
    this.write('/etc/halligan-test/authorized_keys', `${publicKey}\n`);
    const child = spawn('unshare', [...UNSHARE, 'sh', PROGRAM, this.#base, this.address], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.on('data', (bytes: Buffer) => {
      this.#log += bytes.toString();
    });
    this.#child = child;
    for (let tries = 0; !(await answers(this.address)); tries += 1) {
      if (tries > 200 || child.exitCode !== null) throw new Error(`sshd did not start: ${this.#log}`);
      await delay(25);
    }
  }

  /** As if the power went: everything on it is gone at once, but its disk. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** Stops it and forgets its disk. */
  async dispose(): Promise<void> {
    await this.stop();
    rmSync(this.#base, { recursive: true, force: true });
  }

  /** Breaks every SSH connection to it, as a network fault would; what runs there goes on. */
  dropConnections(): void {
    const daemon = this.#daemon();
    for (const { pid, ppid, args } of processes()) {
      if (ppid === daemon && args.startsWith('sshd:')) process.kill(pid, 'SIGKILL');
    }
  }

  /** Where a file of the node lies on this machine: seen through the node while it runs, so that both agree. */
  path(path: string): string {
    const daemon = this.#daemon();
    return daemon === undefined
      ? join(this.#base, 'upper', path)
      : join('/proc', String(daemon), 'root', path);
  }

  /** Writes a file of the node. */
  write(path: string, content: string, mode = 0o644): void {
    writeFileSync(this.#made(path), content);
    chmodSync(this.path(path), mode);
  }

  /** The content of a file of the node; empty when there is none. */
  read(path: string): string {
    return existsSync(this.path(path)) ? readFileSync(this.path(path), 'utf8') : '';
  }

  /** The process id of sshd; undefined while the node is off. */
  #daemon(): number | undefined {
    const parent = this.#child?.pid;
    return parent === undefined ? undefined : processes().find(({ ppid }) => ppid === parent)?.pid;
  }

  #made(path: string): string {
    mkdirSync(join(this.path(path), '..'), { recursive: true });
    return this.path(path);
  }
}

function processes(): { pid: number; ppid: number; args: string }[] {
  const lines = execFileSync('ps', ['-eo', 'pid,ppid,args'], { encoding: 'utf8' }).split('\n').slice(1);
  return lines.map((line) => {
    const [pid, ppid, ...args] = line.trim().split(/\s+/);
    return { pid: Number(pid), ppid: Number(ppid), args: args.join(' ') };
  });
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port: 22 }, () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}
