import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BRIDGE, createRack, type Rack, SERVER_ADDRESS } from '@halligan/lab';
import type { Bench } from './bench.ts';
import { median } from './median.ts';

const PEER = '/usr/sbin/in.tftpd';
const PEER_PORT = 6969;
const HALLIGAN = fileURLToPath(new URL('../../../apps/cli/bin/halligan.mjs', import.meta.url));
const MEGABYTES = 32;
const ROUNDS = 5;

/** One client fetching one file with RFC 2348 blocks of 1428 bytes, in turns from us and from tftpd-hpa. */
export const tftp: Bench = {
  name: 'tftp',
  description: 'one stream over TFTP against tftpd-hpa',
  async run() {
    if (!existsSync(PEER)) throw new Error(`${PEER} is not there: install the Debian package tftpd-hpa`);
    const root = await mkdtemp(join(tmpdir(), 'halligan-bench-'));
    const rack = await createRack({ name: 'bench', machines: 0 });
    try {
      await writeFile(join(root, 'file'), Buffer.alloc(MEGABYTES * 1024 * 1024, 'halligan'));
      return await compare(rack, root);
    } finally {
      await rack.close();
      await rm(root, { recursive: true });
    }
  },
};

async function compare(rack: Rack, root: string) {
  const range = ['--range', '10.78.0.100-10.78.0.110', '--tftp-root', root, '--data', join(root, 'data')];
  rack.spawn(process.execPath, [HALLIGAN, 'netboot', '--standalone', '--interface', BRIDGE, ...range]);
  rack.spawn(PEER, ['-L', '-a', `${SERVER_ADDRESS}:${PEER_PORT}`, '-u', 'root', '-s', root]);
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(await rate(rack, 69));
    theirs.push(await rate(rack, PEER_PORT));
  }
  return {
    peer: 'tftpd-hpa',
    unit: 'MB/s',
    ours: median(ours),
    theirs: median(theirs),
    detail: { ours, theirs },
  };
}

/** Megabytes a second, as curl measures them. */
async function rate(rack: Rack, port: number): Promise<number> {
  const url = `tftp://${SERVER_ADDRESS}:${port}/file`;
  const args = ['--silent', '--show-error', '--retry', '5', '--retry-all-errors', '--tftp-blksize', '1428'];
  const speed = await rack.run('curl', [
    ...args,
    '--output',
    '/dev/null',
    '--write-out',
    '%{speed_download}',
    url,
  ]);
  return Math.round(Number(speed) / 10_000) / 100;
}
