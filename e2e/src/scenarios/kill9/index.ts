import assert from 'node:assert/strict';
import { unwrap } from '@halligan/api-client';
import { bringNodeUp, type Lab, NodeWatch, startLab, untilState } from '@halligan/lab';
import { eventually } from '../../harness/eventually.ts';
import { defineScenario, type ScenarioContext } from '../../harness/scenario.ts';
import { fullDisk } from './full-disk.ts';
import { stepsAppliedTwice } from './node-journal.ts';
import { type ProcessName, Saboteur } from './saboteur.ts';

const MINUTE = 60_000;
const PATIENCE = { discoveredMs: 4 * MINUTE, readyMs: 15 * MINUTE };

/** Every process killed in the middle of its work; nothing lost, nothing done twice. */
export const kill9 = defineScenario({
  name: 'kill9',
  description: 'each process and Redis killed in the middle of an install and of a run; a full disk',
  quick: false,
  async run(context) {
    const lab = await context.must('a server starts on a rack of one machine', () =>
      startLab({ name: 'kill9', machines: [{ firmware: 'bios' }], port: 0, onProgress: context.say }),
    );
    context.onEnd(() => lab.close());
    const saboteur = new Saboteur(lab);
    await context.must('netboot, api and worker killed in the middle of an install: it becomes ready', () =>
      killDuringInstall(context, lab, saboteur),
    );
    await context.case('the install ran once and never failed', () => installedOnce(lab));
    for (const names of [['worker'], ['api'], ['redis'], ['api', 'worker', 'netboot', 'redis']] as const) {
      await context.case(`${names.join(', ')} killed in the middle of a run: it succeeds`, () =>
        killDuringRun(lab, saboteur, names),
      );
    }
    await context.case('the node applied no step twice', async () => {
      assert.deepEqual(await stepsAppliedTwice(lab), []);
    });
    await context.case('a full data folder refuses writes, says so, and loses nothing', () => fullDisk());
  },
});

async function killDuringInstall(
  { signal, say }: ScenarioContext,
  lab: Lab,
  saboteur: Saboteur,
): Promise<void> {
  const watch = new NodeWatch(lab, () => undefined);
  const journey = { unit: lab.rack.unit(0), watch, signal, bootEnv: undefined, patience: PATIENCE };
  const failed = new AbortController();
  const ready = bringNodeUp(lab, { ...journey, signal: AbortSignal.any([signal, failed.signal]) });
  const sabotage = async () => {
    await untilState(journey, 'installing', PATIENCE.readyMs);
    for (const name of ['netboot', 'api', 'worker'] as const) {
      await saboteur.kill(name);
      say(`${name} killed and back`);
    }
  };
  try {
    await Promise.all([
      ready,
      sabotage().catch((error: unknown) => failed.abort(error) ?? Promise.reject(error)),
    ]);
  } finally {
    watch.stop();
  }
}

async function installedOnce(lab: Lab): Promise<void> {
  const node = lab.rack.unit(0).machine.name;
  const history = await unwrap(
    lab.client.GET('/api/v1/nodes/{node}/history', { params: { path: { node } } }),
  );
  const times = (state: string) => history.filter((change) => change.to === state).length;
  assert.equal(times('installing'), 1);
  assert.equal(times('installed'), 1);
  assert.equal(times('failed'), 0);
}

let attempt = 0;

/** Each run has something to change: another server in the list. */
async function killDuringRun(lab: Lab, saboteur: Saboteur, names: readonly ProcessName[]): Promise<void> {
  const { client } = lab;
  const params = { path: { barclamp: 'ntp', name: 'default' } };
  attempt += 1;
  await desire(lab, { externalServers: [`192.0.2.${attempt}`] });
  const { runId } = await unwrap(
    client.POST('/api/v1/proposals/{barclamp}/{name}/commit', { params, body: {} }),
  );
  const read = () => unwrap(client.GET('/api/v1/runs/{id}', { params: { path: { id: runId } } }));
  await eventually('the run has begun', MINUTE, async () =>
    (await read()).state === 'waiting' ? undefined : true,
  );
  await saboteur.kill(...names);
  const run = await eventually('the run has ended', 5 * MINUTE, async () => {
    const now = await read();
    return now.finishedAt === null ? undefined : now;
  });
  assert.equal(run.state, 'succeeded', run.reason);
  assert.ok(run.changed > 0, 'it changed something');
  assert.equal(run.failed, 0);
}

async function desire(lab: Lab, attributes: Record<string, unknown>): Promise<void> {
  const { client } = lab;
  const path = { barclamp: 'ntp', name: 'default' };
  const elements = { 'ntp-server': [lab.rack.unit(0).machine.name] };
  const present = await client.GET('/api/v1/proposals/{barclamp}/{name}', { params: { path } });
  if (present.data === undefined) {
    await unwrap(client.POST('/api/v1/proposals', { body: { ...path, attributes, elements } }));
    return;
  }
  const body = { version: present.data.draft.version, attributes, elements };
  await unwrap(client.PUT('/api/v1/proposals/{barclamp}/{name}', { params: { path }, body }));
}
