import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, unlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApi, type TestApi, until } from '../testing/index.ts';
import type { RunDetail } from './run.dto.ts';
import { answerOf } from './testing/answer-of.ts';
import { makeNode } from './testing/make-node.ts';
import { SshNode } from './testing/ssh-node.ts';

const WORKER = fileURLToPath(new URL('../../dist/main.worker.js', import.meta.url));

let api: TestApi;
let node: SshNode;
let worker: ChildProcess;
beforeAll(async () => {
  if (!existsSync(WORKER)) throw new Error('The worker is not built: npm run build.');
  api = await startTestApi({ database: 'sqlite' });
  node = new SshNode();
  for (const [name, text] of Object.entries(STAND_INS))
    node.write(`/usr/local/sbin/${name}`, `#!/bin/sh\n${text}\n`, 0o755);
  await makeNode(api, 'one', node);
});
afterAll(async () => {
  await killed(worker);
  await api.close();
  await node.dispose();
});

/** Commands the ntp barclamp calls. /hold makes the installation take as long as a test wants; each is counted. */
const STAND_INS = {
  'dpkg-query': '[ -e /var/lib/chrony-is-here ] && printf "ii "',
  'apt-get':
    'echo installed >>/count; echo "Setting up chrony"; while [ -e /hold ]; do sleep 0.1; done; touch /var/lib/chrony-is-here',
  systemctl:
    'case $1 in is-*) [ -e /var/lib/chrony-runs ] ;; restart) echo restarted >>/count; touch /var/lib/chrony-runs ;; esac',
  chronyc: 'echo "0A,x,1,1,0,0,0,0,0,0,0,0,1,Normal"',
};

function started(): ChildProcess {
  return spawn(process.execPath, [WORKER, '--data', api.config.dataDir], {
    env: { ...process.env, DATABASE_URL: api.config.databaseUrl, REDIS_URL: api.config.redisUrl ?? '' },
    stdio: 'ignore',
  });
}

async function killed(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

const counted = () => node.read('/count').trim().split('\n');
const shown = async (id: string): Promise<RunDetail> => (await api.viewer.get(`/runs/${id}`)).body;

async function committed(): Promise<string> {
  const { status, body } = await api.operator.post('/proposals/ntp/default/commit');
  expect(status, JSON.stringify(body)).toBe(202);
  return body.runId;
}

function ended(id: string): Promise<RunDetail> {
  return answerOf(async () => {
    const run = await shown(id);
    return run.finishedAt !== null && run;
  }, 60_000);
}

it('a worker killed in the middle of a step is followed by another one, which applies nothing twice', async () => {
  await api.operator.post('/proposals', { barclamp: 'ntp', elements: { 'ntp-server': ['one'] } });
  node.write('/hold', '');
  worker = started();
  const runId = await committed();
  await until(() => counted().includes('installed'), 60_000);
  await until(
    async () => (await shown(runId)).nodeRuns[0]?.steps[0]?.output === 'Setting up chrony\n',
    10_000,
  );

  await killed(worker);
  unlinkSync(node.path('/hold'));
  await until(() => existsSync(node.path('/var/lib/chrony-runs')));
  worker = started();
  const run = await ended(runId);

  expect(run).toMatchObject({ state: 'succeeded', changed: 3, failed: 0 });
  expect(run.nodeRuns[0]?.steps.map(({ output }) => output)).toEqual(['Setting up chrony\n', '', '']);
  expect(counted()).toEqual(['installed', 'restarted']);
  expect((await api.viewer.get('/nodes/one')).body.state).toBe('ready');
});

it('a lost Redis loses no run', async () => {
  await killed(worker);
  const runId = await committed();
  await api.redis.killAndWipe();
  await api.redis.start();
  worker = started();

  expect(await ended(runId)).toMatchObject({ state: 'succeeded', changed: 0, unchanged: 3 });
});

it('workers killed again and again bring the run to its end, each apply done once', async () => {
  unlinkSync(node.path('/count'));
  unlinkSync(node.path('/var/lib/chrony-is-here'));
  unlinkSync(node.path('/var/lib/chrony-runs'));
  node.write('/hold', '');
  const runId = await committed();
  for (let times = 0; times < 4; times += 1) {
    await new Promise((resolve) => setTimeout(resolve, 300 + Math.random() * 1500));
    await killed(worker);
    worker = started();
  }
  unlinkSync(node.path('/hold'));

  expect(await ended(runId)).toMatchObject({ state: 'succeeded', changed: 2, unchanged: 1 });
  expect(counted()).toEqual(['installed', 'restarted']);
});
