import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { BootSessions } from './boot-sessions.ts';

const program = fileURLToPath(new URL('../../../dist/boot/testing/mint-until-killed.js', import.meta.url));
let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'halligan-sessions-'));
});

afterEach(() => rm(dir, { recursive: true }));

it('a process killed at any moment knows every token it has given out', async () => {
  const given: string[] = [];
  for (let round = 1; round <= 5; round += 1) {
    const child = spawn(process.execPath, [program, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => given.push(line));
    await once(lines, 'line');
    await delay(40 * round);
    const closed = once(lines, 'close');
    child.kill('SIGKILL');
    await closed;
    const faults: Error[] = [];
    const sessions = await BootSessions.open({ dir, onFault: (error) => faults.push(error) });
    for (const line of given) {
      const [mac, token = ''] = line.split(' ');
      expect(sessions.admitFetch(token, 'ipxe')).toMatchObject({ grant: { mac } });
    }
    await sessions.close();
    // A record that was being written is no fault of ours to hide, but the only one there may be.
    expect(faults.length).toBeLessThanOrEqual(1);
  }
  expect(given.length).toBeGreaterThan(50);
});
