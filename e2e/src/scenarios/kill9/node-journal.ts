import { join } from 'node:path';
import { unwrap } from '@halligan/api-client';
import type { Lab } from '@halligan/lab';

/**
 * Reads what the node itself journalled, over SSH, and names every step of one run that was applied more than once.
 * A journal line is `type TAB moment TAB step TAB key TAB outcome …`.
 */
export async function stepsAppliedTwice(lab: Lab): Promise<string[]> {
  const lines = (await onNode(lab, 'cd /var/lib/halligan/runs && grep -H step-finished */journal'))
    .trim()
    .split('\n');
  const applied = new Map<string, number>();
  for (const line of lines) {
    const [, , step, , outcome] = line.split('\t');
    if (outcome !== 'changed') continue;
    const which = `${line.slice(0, line.indexOf(':'))} step ${step}`;
    applied.set(which, (applied.get(which) ?? 0) + 1);
  }
  if (applied.size === 0) throw new Error('the journals tell of no change at all');
  return [...applied].filter(([, times]) => times > 1).map(([which, times]) => `${which}: ${times} times`);
}

/** A command on the first machine, with the server's key, from the rack's own network. */
async function onNode(lab: Lab, command: string): Promise<string> {
  const path = { node: lab.rack.unit(0).machine.name };
  const { address } = await unwrap(lab.client.GET('/api/v1/nodes/{node}', { params: { path } }));
  const key = join(lab.dataDir, 'secrets', 'ssh_key');
  const options = [
    'BatchMode=yes',
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
    'LogLevel=ERROR',
  ];
  const args = ['-i', key, ...options.flatMap((option) => ['-o', option]), `root@${address ?? ''}`, command];
  return lab.rack.run('ssh', args);
}
