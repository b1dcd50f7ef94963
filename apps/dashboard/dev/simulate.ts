import type { Boot, NodeRun, RunDetail, StepOutcome, StepRun } from '../src/lib/api/types.ts';
import { discover, newNode } from './seed.ts';
import { type FakeNode, newId, now, type World } from './world.ts';

function startBoot(node: FakeNode, bootEnv: string): Boot {
  const boot: Boot = { id: newId(), bootEnv, startedAt: now(), finishedAt: null, marks: [] };
  node.boots.unshift(boot);
  return boot;
}

function mark(world: World, node: FakeNode, boot: Boot, name: string, detail: string | null = null): void {
  boot.marks.push({ name, at: now(), offsetMs: Date.now() - Date.parse(boot.startedAt), detail });
  world.tell('node.boot-mark', node.id, { bootId: boot.id, name });
  world.print(node, `[halligan] ${name}${detail === null ? '' : ` (${detail})`}`);
}

const loading: [string, string | null, number][] = [
  ['power-on', null, 900],
  ['dhcp-discover', 'option 93: 0', 120],
  ['dhcp-ack', null, 150],
  ['loader', 'undionly.kpxe', 700],
  ['script', null, 150],
  ['kernel', '7.9 MiB', 400],
  ['initrd', '41 MiB', 1300],
  ['kernel-start', null, 1400],
  ['userspace-start', null, 700],
  ['agent', null, 600],
  ['inventory', null, 300],
];

async function load(world: World, node: FakeNode, boot: Boot): Promise<void> {
  for (const [name, detail, lasts] of loading) {
    mark(world, node, boot, name, detail);
    await world.pause(lasts);
  }
}

/** A machine nobody knew is switched on. */
export async function appear(world: World, name: string, serial: number): Promise<FakeNode> {
  const node = newNode(serial, name);
  world.nodes.set(node.id, node);
  world.tell('node.created', node.id, { name });
  const boot = startBoot(node, 'discovery');
  world.progress(node, null, 'booting the discovery image');
  await load(world, node, boot);
  discover(node, serial);
  boot.finishedAt = now();
  world.move(node, 'discovered', 'inventory-reported', 'Its inventory arrived.', {
    nextAction: 'Allocate it, or install it at once.',
  });
  return node;
}

async function stretch(
  world: World,
  node: FakeNode,
  message: string,
  lasts: number,
  steps: number,
): Promise<void> {
  for (let step = 0; step <= steps; step += 1) {
    world.progress(node, Math.round((step / steps) * 100), message);
    world.print(node, `${message}: ${Math.round((step / steps) * 100)}%`);
    await world.pause(lasts / (steps + 1));
  }
}

/** From wipe to ready. */
export async function install(
  world: World,
  node: FakeNode,
  bootEnv: string,
  event: string,
  actor: string,
): Promise<void> {
  world.move(
    node,
    'hardware-installing',
    event,
    `Asked for by ${actor}.`,
    { bootEnv, platform: null, roles: [] },
    actor,
  );
  const boot = startBoot(node, bootEnv);
  await load(world, node, boot);
  await stretch(world, node, 'wiping /dev/vda', 1500, 4);
  world.move(
    node,
    'hardware-installed',
    'hardware-done',
    'Disks are wiped; there is no BIOS or RAID to set up.',
    { nextBoot: 'os-install' },
  );
  await world.pause(400);
  world.move(node, 'installing', 'install-start', `Writing ${bootEnv} to /dev/vda.`);
  mark(world, node, boot, 'partition', '/dev/vda');
  await stretch(world, node, 'partitioning', 1200, 3);
  mark(world, node, boot, 'unpack', `${bootEnv}, 310 MiB`);
  await stretch(world, node, 'unpacking the root file system', 9000, 30);
  mark(world, node, boot, 'configure');
  await stretch(world, node, 'configuring', 1600, 4);
  mark(world, node, boot, 'boot-loader', 'grub-pc');
  await world.pause(1200);
  mark(world, node, boot, 'reboot');
  world.move(node, 'installed', 'install-done', 'The installer says it is done.', {
    nextBoot: 'local',
    nextAction: 'Waiting for its first contact after the reboot.',
  });
  await world.pause(4500);
  mark(world, node, boot, 'first-boot');
  await world.pause(700);
  mark(world, node, boot, 'first-ssh');
  boot.finishedAt = now();
  world.move(node, 'readying', 'first-contact', 'It called back with its host keys.', {
    hostKeyFingerprints: ['SHA256:0Pz1R4v7mYcVd2uJ0R1bqk9xTgTj3n8yXfUeWmQnQx4'],
    platform: 'debian-12',
  });
  await stretch(world, node, 'applying base barclamps', 1800, 6);
  world.move(node, 'ready', 'ready', 'All base barclamps are applied and verified.');
}

function outcomeOf(nodeRun: NodeRun, index: number, first: boolean): StepOutcome {
  if (nodeRun.node.includes('fail') && index === 2) return 'failed';
  return first && index > 0 ? 'changed' : 'unchanged';
}

async function doStep(
  world: World,
  run: RunDetail,
  nodeRun: NodeRun,
  step: StepRun,
  first: boolean,
): Promise<void> {
  const tell = () =>
    world.tell('run.step', run.id, {
      nodeRunId: nodeRun.id,
      stepId: step.id,
      outcome: step.outcome,
      name: step.name,
      node: nodeRun.node,
    });
  step.outcome = 'running';
  tell();
  await world.pause(700 + step.index * 150);
  step.outcome = outcomeOf(nodeRun, step.index, first);
  step.seconds = 0.7 + step.index * 0.15;
  if (step.outcome === 'changed') step.drift = 'differs from what it should be';
  if (step.outcome === 'failed') step.reason = 'Exit status 1.';
  if (step.outcome !== 'unchanged') step.output = `+ ${step.name}\nSetting up…\nDone.\n`;
  run[step.outcome as 'changed' | 'unchanged' | 'failed'] += 1;
  tell();
}

async function carryOut(world: World, run: RunDetail, nodeRun: NodeRun, first: boolean): Promise<void> {
  const started = Date.now();
  Object.assign(nodeRun, { state: 'running', reason: '' });
  for (const step of nodeRun.steps) {
    if (run.state === 'cancelled') break;
    await doStep(world, run, nodeRun, step, first);
    if (step.outcome === 'failed') break;
  }
  const failed = nodeRun.steps.some((step) => step.outcome === 'failed');
  nodeRun.state = failed ? 'failed' : run.state === 'cancelled' ? 'cancelled' : 'succeeded';
  if (failed) nodeRun.reason = 'The service did not come up: exit status 1.';
  nodeRun.seconds = (Date.now() - started) / 1000;
}

async function batchOf(world: World, run: RunDetail, batch: number, first: boolean): Promise<boolean> {
  const part = run.nodeRuns.filter((nodeRun) => nodeRun.batch === batch);
  await Promise.all(part.map((nodeRun) => carryOut(world, run, nodeRun, first)));
  return part.every((nodeRun) => nodeRun.state !== 'failed');
}

function finish(world: World, run: RunDetail, proved: boolean): void {
  for (const nodeRun of run.nodeRuns) {
    if (nodeRun.state === 'waiting')
      Object.assign(nodeRun, { state: 'blocked', reason: 'An earlier batch failed.' });
  }
  if (run.state === 'running') run.state = proved ? 'succeeded' : 'failed';
  run.reason = proved ? '' : 'A step failed; its descendants were blocked.';
  run.finishedAt = now();
  run.seconds = (Date.parse(run.finishedAt) - Date.parse(run.startedAt ?? run.createdAt)) / 1000;
  world.tell('run.updated', run.id, { state: run.state });
}

/** Carries a run out, batch after batch. */
export async function execute(world: World, run: RunDetail, first: boolean): Promise<void> {
  Object.assign(run, { state: 'running', reason: '', startedAt: now() });
  world.tell('run.updated', run.id, { state: run.state });
  const batches = [...new Set(run.nodeRuns.map((nodeRun) => nodeRun.batch))].toSorted((a, b) => a - b);
  let proved = true;
  for (const batch of batches) {
    proved = proved && (await batchOf(world, run, batch, first));
  }
  finish(world, run, proved);
}
