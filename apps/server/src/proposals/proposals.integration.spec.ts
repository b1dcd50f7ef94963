import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DATABASES, startTestApi, type TestApi } from '../testing/index.ts';

describe.each(DATABASES)('proposals on %s', (database) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi({ database });
    for (const name of ['one', 'two', 'three']) {
      await api.database.db.node.create({ data: { name, state: 'ready', stateReason: '', nextAction: '' } });
    }
  });
  afterAll(() => api.close());
  afterEach(async () => {
    await api.database.db.proposal.deleteMany();
  });

  const create = (more: object = {}) =>
    api.operator.post('/proposals', { barclamp: 'ntp', elements: { 'ntp-server': ['one'] }, ...more });
  const show = async () => (await api.viewer.get('/proposals/ntp/default')).body;
  const save = async (more: object) => {
    const { draft } = await show();
    return api.operator.put('/proposals/ntp/default', { ...draft, ...more });
  };

  it('are created, shown, listed, saved and deleted', async () => {
    const made = await create();
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      barclamp: 'ntp',
      name: 'default',
      state: 'draft',
      nodes: ['one'],
      issues: [],
    });
    expect(made.body.draft).toMatchObject({
      number: 1,
      version: 1,
      frozen: false,
      createdBy: 'token:operator-user/test',
    });

    const saved = await save({ attributes: { externalServers: ['ntp.example.org'] } });
    expect(saved.body.draft).toMatchObject({
      number: 1,
      version: 2,
      attributes: { externalServers: ['ntp.example.org'] },
    });
    expect((await api.viewer.get('/proposals')).body).toHaveLength(1);
    expect((await api.viewer.get('/proposals/ntp/default/revisions')).body).toHaveLength(1);

    expect((await api.operator.delete('/proposals/ntp/default')).status).toBe(204);
    expect((await api.viewer.get('/proposals/ntp/default')).body.code).toBe('proposal.not_found');
    const { items } = (await api.admin.get('/audit')).body;
    expect(items.map(({ action }: { action: string }) => action)).toEqual(
      expect.arrayContaining(['proposal.create', 'proposal.save', 'proposal.delete']),
    );
  });

  it('are refused with all mistakes at once, and nothing is saved', async () => {
    const { status, body } = await create({
      attributes: { externalServers: ['ok.example', 'not ok'], servers: [] },
      elements: { 'ntp-server': ['one', 'nobody'], 'ntp-clown': ['two'] },
    });

    expect(status).toBe(422);
    expect(body.issues.map(({ path, code }: { path: string; code: string }) => [path, code])).toEqual([
      ['attributes.servers', 'proposal.unknown_attribute'],
      ['attributes.externalServers[1]', 'proposal.invalid_attribute'],
      ['elements.ntp-server[1]', 'proposal.unknown_node'],
      ['elements.ntp-clown', 'proposal.unknown_role'],
    ]);
    expect((await api.viewer.get('/proposals')).body).toEqual([]);
  });

  it('of an unknown barclamp, of a bad name, and a second time are refused', async () => {
    expect((await create({ barclamp: 'sundial' })).body).toMatchObject({
      status: 422,
      code: 'proposal.unknown_barclamp',
    });
    expect((await create({ name: 'No Name' })).body).toMatchObject({
      status: 400,
      issues: [{ path: 'name' }],
    });
    await create();
    expect((await create()).body).toMatchObject({ status: 409, code: 'proposal.exists' });
  });

  it('edited by two at once keep the first save, and tell the second', async () => {
    await create();
    const { draft } = await show();
    const edits = ['a.example', 'b.example'].map((server) =>
      api.operator.put('/proposals/ntp/default', { ...draft, attributes: { externalServers: [server] } }),
    );

    const answers = await Promise.all(edits);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body).toMatchObject({ code: 'proposal.version_conflict' });
    expect(refused?.body.detail).toContain('operator-user');
    expect((await show()).draft.version).toBe(2);
  });

  it('that are incomplete may be saved, and are not committed', async () => {
    await create({ elements: {} });

    expect((await show()).issues).toMatchObject([
      { path: 'elements.ntp-server', code: 'proposal.too_few_nodes' },
    ]);
    const commit = await api.operator.post('/proposals/ntp/default/commit');
    expect(commit.body).toMatchObject({
      status: 422,
      code: 'proposal.not_committable',
      issues: [{ path: 'elements.ntp-server' }],
    });
  });

  it('can be checked without being saved', async () => {
    await create();
    const content = { attributes: {}, elements: { 'ntp-server': ['one'], 'ntp-client': ['one'] } };

    const { body } = await api.viewer.post('/proposals/ntp/default/validate', content);

    expect(body.issues).toMatchObject([{ path: 'elements.ntp-client[0]', code: 'proposal.role_conflict' }]);
  });

  it('are frozen by a commit, and the next save begins another revision', async () => {
    await create();
    const commits = await Promise.all([1, 2].map(() => api.operator.post('/proposals/ntp/default/commit')));
    expect(commits.map(({ status }) => status).sort()).toEqual([202, 409]);
    expect(await show()).toMatchObject({ state: 'applying', draft: { number: 1, frozen: true } });
    const run = (await api.viewer.get('/runs')).body[0];
    expect(run).toMatchObject({ barclamp: 'ntp', proposal: 'default', revision: 1, state: 'running' });
    expect((await api.viewer.get('/nodes/one')).body).toMatchObject({ state: 'applying' });
    expect((await api.operator.delete('/proposals/ntp/default')).body.code).toBe('proposal.run_in_progress');

    const saved = await save({ elements: { 'ntp-server': ['one', 'two'] } });

    expect(saved.body.draft).toMatchObject({ number: 2, version: 2, frozen: false });
    const second = await api.operator.post('/proposals/ntp/default/commit');
    expect((await api.viewer.get(`/runs/${second.body.runId}`)).body).toMatchObject({
      state: 'waiting',
      reason: `Waits for run ${run.id} of the same proposal.`,
    });
    expect((await api.operator.post(`/runs/${second.body.runId}/cancel`)).body.state).toBe('cancelled');
    expect((await api.operator.post(`/runs/${run.id}/retry`)).body.code).toBe('run.not_failed');
    expect((await api.viewer.get('/runs/none')).body.code).toBe('run.not_found');
  });

  it('name barclamps anyone can look up', async () => {
    expect((await api.viewer.get('/barclamps')).body).toMatchObject([{ name: 'ntp' }]);
    expect((await api.viewer.get('/barclamps/ntp')).body.attributesSchema.properties).toHaveProperty(
      'externalServers',
    );
    expect((await api.viewer.get('/barclamps/sundial')).body.code).toBe('barclamp.not_found');
  });
});
