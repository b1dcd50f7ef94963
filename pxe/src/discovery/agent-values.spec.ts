import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const LIB = fileURLToPath(new URL('./agent', import.meta.url));

describe('what the agent does with values from the server', () => {
  let state: string;
  beforeEach(async () => {
    state = await mkdtemp(join(tmpdir(), 'halligan-agent-'));
  });
  afterEach(() => rm(state, { recursive: true, force: true }));

  async function shell(script: string, ...args: string[]): Promise<string> {
    const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HALLIGAN_LIB: LIB, HALLIGAN_STATE: state };
    const prelude = `. "$HALLIGAN_LIB/lib.sh"; URL=; . "$HALLIGAN_LIB/http.sh"; . "$HALLIGAN_LIB/action.sh"; set -eu;`;
    return (await promisify(execFile)('sh', ['-c', prelude + script, 'sh', ...args], { env })).stdout;
  }

  it.each([
    'plain',
    'two words',
    'back\\slash \\n \\x41',
    '$(touch pwned) `id` $HOME',
    'quote\' " ; | &',
    'percent %41 %',
    'ünïcode 𝄞',
    'line\nbreak\tand tab',
  ])('sends and reads %j unchanged', async (value) => {
    const line = await shell('pair name "$1"', value);
    expect(line).toMatch(/^name=[A-Za-z0-9._:/@+ %-]*\n$/);
    expect(decodeURIComponent(line.slice(5, -1))).toBe(value);
    await writeFile(join(state, 'lines'), `other=1\n${line}`);
    expect(await shell('value_of name "$STATE/lines"')).toBe(value);
  });

  it('reads every value of a repeated name', async () => {
    await writeFile(join(state, 'lines'), 'dns=10.0.0.1\nntp=x\ndns=10.0.0.2\n');
    expect(await shell('for_each_value dns "$STATE/lines" echo server')).toBe(
      'server 10.0.0.1\nserver 10.0.0.2\n',
    );
  });

  it.each([
    ['hostname', 'node-1;reboot', '[a-z0-9-]+'],
    ['hostname', 'node-1\nroot', '[a-z0-9-]+(.*)?'],
    ['kernel-args', 'quiet" }', '[A-Za-z0-9._:/@+=, -]*'],
    ['image-sha256', '', '[0-9a-f]{64}'],
  ])('refuses %s %j and says so', async (name, value, pattern) => {
    const script = '. "$LIB/install-image.sh"; require "$1" "$2" "$3"; echo accepted';
    await expect(shell(script, name, value, pattern)).rejects.toMatchObject({ code: 1, stdout: '' });
    expect(await readFile(join(state, 'failure'), 'utf8')).toContain(`${name}: not acceptable`);
  });

  it.each(['vda', '/dev/../etc/passwd', '/dev/vda; reboot', '/dev/disk/by-id/x', '/dev/nosuchdisk'])(
    'refuses the disk %j',
    async (disk) => {
      await expect(shell('. "$LIB/wipe.sh"; require_disk "$1"', disk)).rejects.toMatchObject({ code: 1 });
    },
  );
});
