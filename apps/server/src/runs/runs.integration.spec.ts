import { existsSync, readdirSync, readFileSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Catalogue } from '../catalogue/catalogue.ts';
import { SshKeyPair } from '../shared/secrets.ts';
import { DATABASES, startTestApi, type TestApi, until } from '../testing/index.ts';
import type { RunDetail } from './run.dto.ts';
import { answerOf } from './testing/answer-of.ts';
import { makeNode } from './testing/make-node.ts';
import { SshNode } from './testing/ssh-node.ts';
import { PASSWORD, testBarclamp } from './testing/test-barclamp.ts';

describe.each(DATABASES)('runs on %s', (database) => {
  let api: TestApi;
  let server: SshNode;
  let client: SshNode;
  beforeAll(async () => {
    api = await startTestApi({ database, worker: true });
    for (const catalogue of [api.get(Catalogue), api.inWorker(Catalogue)]) {
      vi.spyOn(catalogue, 'find').mockImplementation((name) => (name === 'test' ? testBarclamp : undefined));
    }
  });
  afterAll(() => api.close());

  beforeEach(async () => {
    server = new SshNode();
    client = new SshNode();
    await makeNode(api, 'one', server);
    await makeNode(api, 'two', client);
    await saved({ elements: { server: ['one'], client: ['two'] } });
  });
  afterEach(async () => {
    const unfinished = await api.database.db.run.findMany({
      where: { state: { in: ['waiting', 'running'] } },
    });
    for (const { id } of unfinished) await api.operator.post(`/runs/${id}/cancel`);
    for (const { id } of unfinished) await ended(id);
    await api.operator.delete('/proposals/test/default');
    await api.database.db.node.deleteMany();
    await server.dispose();
    await client.dispose();
  });

  /** Saves the proposal, which is made when there is none. */
  async function saved(content: { attributes?: object; elements: object }) {
    const { attributes = {}, elements } = content;
    const made = await api.operator.post('/proposals', { barclamp: 'test', attributes, elements });
    if (made.status === 201) return made;
    const { body } = await api.operator.get('/proposals/test/default');
    return api.operator.put('/proposals/test/default', { version: body.draft.version, attributes, elements });
  }

  async function committed(planHash?: string): Promise<string> {
    const { status, body } = await api.operator.post(
      '/proposals/test/default/commit',
      planHash ? { planHash } : {},
    );
    expect(status, JSON.stringify(body)).toBe(202);
    return body.runId;
  }

  const shown = async (id: string): Promise<RunDetail> => (await api.viewer.get(`/runs/${id}`)).body;

  function ended(id: string): Promise<RunDetail> {
    return answerOf(async () => {
      const run = await shown(id);
      return run.finishedAt !== null && run;
    });
  }

  const outcomesOf = (run: RunDetail) =>
    run.nodeRuns.map(({ node, role, state, steps }) => [
      node,
      role,
      state,
      ...steps.map(({ outcome }) => outcome),
    ]);

  async function held(machine: SshNode): Promise<void> {
    await until(() => machine.read('/applied') !== '', 30_000);
  }

  describe('a commit', () => {
    it('changes the nodes in order, proves it, and changes nothing the second time', async () => {
      const first = await ended(await committed());
      const second = await ended(await committed());

      expect(outcomesOf(first)).toEqual([
        ['one', 'server', 'succeeded', 'changed', 'changed', 'changed'],
        ['two', 'client', 'succeeded', 'changed', 'changed', 'changed'],
        ['one', 'smoke-test', 'succeeded', 'unchanged'],
      ]);
      expect(first).toMatchObject({ state: 'succeeded', changed: 6, unchanged: 1, failed: 0, reason: '' });
      expect(second).toMatchObject({ state: 'succeeded', changed: 0, unchanged: 7, failed: 0 });
      expect(client.read('/etc/test.conf')).toBe(`greeting = hello from ${server.address}\n`);
      expect([server.read('/applied'), client.read('/applied')]).toEqual([
        'hello\n',
        `hello from ${server.address}\n`,
      ]);
      expect((await api.viewer.get('/proposals/test/default')).body).toMatchObject({
        state: 'applied',
        appliedRevision: 1,
      });
      expect((await api.viewer.get('/nodes/one')).body.state).toBe('ready');
    });

    it('shows no secret, neither in what is stored nor on the node', async () => {
      const run = await ended(await committed());
      const { db } = api.database;

      const stored = JSON.stringify([
        run,
        await db.stepRun.findMany(),
        await db.event.findMany(),
        await db.plan.findMany(),
      ]);
      expect(stored).not.toContain('swordfish');
      expect(stored).toContain('the password should be •••');
      expect(server.read('/etc/test-password')).toBe(PASSWORD);
      const state = server.path('/var/lib/halligan');
      for (const path of readdirSync(state, { recursive: true, withFileTypes: true }).filter((entry) =>
        entry.isFile(),
      )) {
        expect(readFileSync(join(path.parentPath, path.name), 'utf8')).not.toContain('swordfish');
      }
    });

    it('is refused while the same revision is being applied', async () => {
      server.write('/hold', '');
      await committed();

      const again = await api.operator.post('/proposals/test/default/commit');

      expect(again.status).toBe(409);
      expect(again.body.code).toBe('proposal.run_in_progress');
      unlinkSync(server.path('/hold'));
    });

    it('waits for what is not ready, and says for what', async () => {
      await api.database.db.node.update({ where: { name: 'two' }, data: { state: 'installing' } });
      const runId = await committed();

      const waiting = await answerOf(async () =>
        (await shown(runId)).nodeRuns.find(({ role, reason }) => role === 'client' && reason !== ''),
      );
      expect(waiting.reason).toBe('Waits for node two, which is installing.');
      await api.database.db.node.update({ where: { name: 'two' }, data: { state: 'ready' } });

      expect((await ended(runId)).state).toBe('succeeded');
    });
  });

  it('a run whose node is deleted ends without it', async () => {
    await api.database.db.node.update({ where: { name: 'two' }, data: { state: 'installing' } });
    const runId = await committed();
    await answerOf(async () =>
      (await shown(runId)).nodeRuns.some(({ reason }) => reason.startsWith('Waits for node two')),
    );

    await api.database.db.node.delete({ where: { name: 'two' } });

    expect(await ended(runId)).toMatchObject({ state: 'succeeded' });
  });

  describe('a plan', () => {
    it('tells drift and differences, and holds until something changes', async () => {
      const before = await api.operator.post('/proposals/test/default/plan');
      expect(before.body.changes).toBe(6);
      await ended(await committed(before.body.hash));
      await saved({ attributes: { greeting: 'bye' }, elements: { server: ['one'], client: ['two'] } });

      const plan = await api.operator.post('/proposals/test/default/plan');

      const [step] = plan.body.nodes[0].steps;
      expect(step).toMatchObject({ name: 'file /etc/test.conf', drift: '/etc/test.conf has other content' });
      expect(step.diff).toContain('-greeting = hello\n+greeting = bye\n');
      expect(plan.body.changes).toBe(4);
      const stale = await api.operator.post('/proposals/test/default/commit', { planHash: before.body.hash });
      expect(stale.status).toBe(409);
      expect(stale.body).toMatchObject({ code: 'proposal.plan_stale' });
      expect(stale.body.detail).toContain('the proposal was edited or committed');
      expect(stale.body.detail).toContain('another run');
      expect((await ended(await committed(plan.body.hash))).changed).toBe(4);
    });

    it('says why a node cannot be asked', async () => {
      await client.stop();
      await api.database.db.node.update({ where: { name: 'one' }, data: { state: 'installing' } });

      const { body } = await api.operator.post('/proposals/test/default/plan');

      expect(body.nodes[0].error).toBe('Node one is installing: its checks run once it is ready.');
      expect(body.nodes[1].error).toMatch(/Node two .* does not answer on SSH/);
    });
  });

  describe('a fault', () => {
    it('of the connection is survived: nothing is applied twice, nothing is lost', async () => {
      server.write('/hold', '');
      const runId = await committed();
      await held(server);
      server.dropConnections();
      unlinkSync(server.path('/hold'));

      const run = await ended(runId);

      expect(run.state).toBe('succeeded');
      expect(run.nodeRuns[0]?.steps[1]?.output).toBe('working\n');
      expect(server.read('/applied')).toBe('hello\n');
    });

    it('of the node’s power is survived: finished steps stay finished', async () => {
      server.write('/hold', '');
      const runId = await committed();
      await held(server);
      await server.stop();
      unlinkSync(server.path('/hold'));
      await server.start(api.get(SshKeyPair).publicKey);

      const run = await ended(runId);

      expect(outcomesOf(run)[0]).toEqual(['one', 'server', 'succeeded', 'changed', 'changed', 'changed']);
      expect(server.read('/applied')).toBe('hello\nhello\n');
    });

    it('of a step blocks what comes after it, and only the rest is tried again', async () => {
      client.write('/break', '');
      const run = await ended(await committed());

      expect(run).toMatchObject({ state: 'failed', failed: 1 });
      expect(run.nodeRuns.map(({ state }) => state)).toEqual(['succeeded', 'failed', 'blocked']);
      expect(run.nodeRuns[1]?.reason).toBe('slow step: apply left with status 9');
      expect(run.nodeRuns[1]?.steps[1]).toMatchObject({ output: 'working\nit is broken\n' });
      expect((await api.viewer.get('/nodes/two')).body).toMatchObject({
        state: 'failed',
        failedDuring: 'applying',
      });
      unlinkSync(client.path('/break'));

      const { body } = await api.operator.post(`/runs/${run.id}/retry`);
      const again = await ended(body.runId);

      expect(outcomesOf(again)).toEqual([
        ['two', 'client', 'succeeded', 'unchanged', 'changed', 'changed'],
        ['one', 'smoke-test', 'succeeded', 'unchanged'],
      ]);
      expect((await api.viewer.get('/proposals/test/default')).body.state).toBe('applied');
    });

    it('in time fails the step', async () => {
      await saved({ attributes: { limit: 1 }, elements: { server: ['one'] } });
      server.write('/hold', '');

      const run = await ended(await committed());

      expect(run.nodeRuns[0]).toMatchObject({
        state: 'failed',
        reason: 'slow step: apply did not finish within 1 s',
      });
      unlinkSync(server.path('/hold'));
    });

    it('of identity is refused: another host key gets no command', async () => {
      await client.stop();
      const impostor = await api.database.db.node.findUniqueOrThrow({ where: { name: 'two' } });
      await api.database.db.node.update({ where: { name: 'one' }, data: { address: impostor.address } });
      await client.start(api.get(SshKeyPair).publicKey);

      const run = await ended(await committed());

      expect(run.nodeRuns[0]).toMatchObject({ state: 'failed' });
      expect(run.nodeRuns[0]?.reason).toContain('does not have the host key of node one');
      expect(existsSync(client.path('/etc/test.conf'))).toBe(false);
    });
  });

  describe('a cancelled run', () => {
    it('stops the step at work and begins nothing more', async () => {
      server.write('/hold', '');
      const runId = await committed();
      await held(server);

      const { status } = await api.operator.post(`/runs/${runId}/cancel`);
      const run = await ended(runId);

      expect(status).toBe(202);
      expect(run.state).toBe('cancelled');
      expect(run.nodeRuns.map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'cancelled']);
      expect((await api.viewer.get('/nodes/one')).body.state).toBe('ready');
      unlinkSync(server.path('/hold'));
      expect((await api.operator.post(`/runs/${runId}/cancel`)).body.code).toBe('run.finished');
    });
  });

  describe('a freshly installed node', () => {
    it('becomes ready once it is reached with its own key', async () => {
      const fresh = new SshNode();
      const id = await makeNode(api, 'fresh', fresh, 'readying');
      const job = { queue: 'nodes', name: 'ready-node', payload: { nodeId: id } };
      await api.database.db.outboxEntry.create({ data: job });

      const node = await answerOf(async () => {
        const { body } = await api.viewer.get('/nodes/fresh');
        return body.state === 'ready' && body;
      });

      expect(node.platform).toBe('debian-12');
      expect(readdirSync(fresh.path('/var/lib/halligan/runner'))).toHaveLength(1);
      await fresh.dispose();
    });
  });
});
