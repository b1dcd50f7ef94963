import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LeaseMirror } from '../networks/lease-mirror.ts';
import { NetworkReader } from '../networks/network-reader.ts';
import { DATABASES, startTestApi, type TestApi } from '../testing/index.ts';
import { CONSOLE_LIMIT, ConsoleLog } from './console-log.ts';
import { Heartbeats } from './heartbeats.ts';
import { NodeReader } from './node-reader.ts';
import { testMac } from './testing/inventory.ts';
import { putAdminNetwork, TestMachine } from './testing/test-machine.ts';

const bmc = {
  driver: 'ipmi',
  address: '10.78.1.11',
  port: 623,
  username: 'operator',
  password: 'very-secret',
};

describe.each(DATABASES)('nodes over the API on %s', (database) => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startTestApi({ database });
    await putAdminNetwork(api, '10.78.0.0/24', '10.78.0.20', '10.78.0.22');
  });
  afterAll(() => api.close());

  it('lists the fleet in pages, with counts, and finds nodes by any part of their names', async () => {
    for (const number of [1, 2, 3]) await new TestMachine(api, number).discover();

    const first = await api.viewer.get('/nodes?limit=2');
    const second = await api.viewer.get(`/nodes?limit=2&cursor=${first.body.nextCursor}`);

    expect(first.body.counts).toEqual({ discovered: 3 });
    const names = [...first.body.items, ...second.body.items].map(({ name }: { name: string }) => name);
    expect(names).toEqual([1, 2, 3].map((number) => `d${testMac(number).replaceAll(':', '-')}`));
    expect(second.body.nextCursor).toBeNull();
    for (const q of ['00-02', testMac(2).toUpperCase(), 'sn2'])
      expect((await api.viewer.get(`/nodes?q=${q}`)).body.items, q).toHaveLength(1);
    expect((await api.viewer.get('/nodes?state=ready')).body.items).toEqual([]);
    expect((await api.viewer.get('/nodes?state=melting')).status).toBe(400);
    expect((await api.viewer.get('/nodes?cursor=%00')).status).toBe(400);
  });

  it('changes what may be changed, and says what may not', async () => {
    const { id } = await new TestMachine(api, 1).discover();
    const renamed = await api.operator.patch(`/nodes/${id}`, { name: 'compute1', description: 'rack 3' });
    expect(renamed.body).toMatchObject({ name: 'compute1', description: 'rack 3' });
    expect((await api.viewer.get('/nodes/compute1')).body.id).toBe(id);

    const other = `d${testMac(2).replaceAll(':', '-')}`;
    const answers = [
      await api.operator.patch(`/nodes/${other}`, { name: 'compute1' }),
      await api.operator.patch(`/nodes/${other}`, { name: 'Compute_2' }),
      await api.operator.patch(`/nodes/${other}`, { bootEnv: 'windows' }),
      await api.operator.patch(`/nodes/${other}`, { name: id }),
      await api.operator.patch('/nodes/nobody', { description: 'x' }),
      await api.viewer.patch(`/nodes/${other}`, { description: 'x' }),
    ];

    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [409, 'node.name_taken'],
      [400, 'request.invalid'],
      [422, 'node.unknown_boot_env'],
      [409, 'node.name_taken'],
      [404, 'node.not_found'],
      [403, 'identity.role_too_weak'],
    ]);
    expect(answers[1]?.body.issues[0].path).toBe('name');
    expect(answers[2]?.body.remedy).toContain('debian-12');
  });

  it('fixes a name once it is written to a disk, and finds another for a machine whose name was given away', async () => {
    const machine = await new TestMachine(api, 30).discover();
    await api.operator.patch(`/nodes/${machine.id}`, { name: `d${testMac(31).replaceAll(':', '-')}` });
    const other = await new TestMachine(api, 31).discover();
    expect((await other.show()).name).toMatch(/^d52-54-00-00-00-1f-[0-9a-f]{4}$/);
    await api.database.db.node.update({ where: { id: machine.id }, data: { state: 'installing' } });

    expect((await api.operator.patch(`/nodes/${machine.id}`, { name: 'late' })).body.code).toBe(
      'node.name_fixed',
    );
    for (const { id } of [machine, other]) await api.operator.delete(`/nodes/${id}`);
  });

  it('refuses an action with what is allowed instead', async () => {
    const answer = await api.operator.post('/nodes/compute1/actions/power-on');
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({
      code: 'node.action_not_allowed',
      detail: 'Node compute1 has no BMC that could power-on.',
      remedy: expect.stringContaining('PUT /nodes/compute1/bmc. Allowed now: allocate, install, reset'),
    });
    expect((await api.operator.post('/nodes/compute1/actions/retry')).body.code).toBe(
      'node.action_not_allowed',
    );
    expect((await api.operator.post('/nodes/compute1/actions/explode')).status).toBe(400);
  });

  it('keeps a BMC’s password to itself', async () => {
    const saved = await api.operator.put('/nodes/compute1/bmc', bmc);
    const shown = await api.viewer.get('/nodes/compute1');
    const audit = await api.admin.get('/audit');

    expect(saved.body).toEqual({ driver: 'ipmi', address: '10.78.1.11', port: 623, username: 'operator' });
    expect(shown.body.actions).toContain('power-cycle');
    const stored = await api.database.db.bmc.findMany();
    expect(JSON.stringify([saved.body, shown.body, audit.body, stored])).not.toContain('very-secret');
    expect(audit.body.items).toContainEqual(
      expect.objectContaining({ action: 'node.bmc-save', outcome: 'done' }),
    );
    for (const wrong of [{ password: 'x'.repeat(21) }, { address: '-o' }, { address: 'a b' }, { port: 0 }])
      expect((await api.operator.put('/nodes/compute1/bmc', { ...bmc, ...wrong })).status).toBe(400);
    expect((await api.operator.delete('/nodes/compute1/bmc')).status).toBe(204);
    expect((await api.operator.delete('/nodes/compute1/bmc')).status).toBe(404);
  });

  it('gives every node its own address, until there is none left, and takes it back', async () => {
    const allocate = async (number: number) => {
      const machine = await new TestMachine(api, number).discover();
      return api.operator.post(`/nodes/${machine.id}/actions/allocate`);
    };

    const answers = await Promise.all([11, 12, 13, 14].map(allocate));

    const given = answers.flatMap(({ body }) => body.address ?? []);
    expect(given.sort()).toEqual(['10.78.0.20', '10.78.0.21', '10.78.0.22']);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body.code).toBe('network.addresses_exhausted');
    const reservation = await api.get(NetworkReader).reservationFor(testMac(11));
    expect(reservation?.nodeName ?? refused).toBeTruthy();

    const freed = answers.find(({ body }) => body.address === '10.78.0.21')?.body.name;
    expect((await api.operator.delete(`/nodes/${freed}`)).status).toBe(204);
    expect((await api.viewer.get(`/nodes/${freed}`)).status).toBe(404);
    expect((await allocate(15)).body.address).toBe('10.78.0.21');
  });

  it('does not delete a node under a run', async () => {
    const machine = await new TestMachine(api, 20).discover();
    await api.database.db.node.update({ where: { id: machine.id }, data: { state: 'applying' } });

    expect((await api.operator.delete(`/nodes/${machine.id}`)).body.code).toBe('node.busy');
  });

  it('keeps the last mebibyte of a console', async () => {
    const machine = await new TestMachine(api, 21).discover();
    const log = api.get(ConsoleLog);
    for (let part = 0; part < 20; part += 1)
      await log.append(machine.id, `part ${part}\n`.padEnd(70_000, '.'));
    await log.append(machine.id, 'nul \u0000 ends here');

    const page = await api.viewer.get(`/nodes/${machine.id}/console?limit=1000`);
    const text = page.body.chunks.map((chunk: { text: string }) => chunk.text).join('');
    expect(text.length).toBeLessThanOrEqual(CONSOLE_LIMIT + 64 * 1024);
    expect(text.length).toBeGreaterThan(CONSOLE_LIMIT / 2);
    expect(text.endsWith('nul  ends here')).toBe(true);
    const rest = await api.viewer.get(`/nodes/${machine.id}/console?after=${page.body.nextAfter}`);
    expect(rest.body).toEqual({ chunks: [], nextAfter: page.body.nextAfter });
  });

  it('counts a heartbeat as a sign of life without touching the version', async () => {
    const machine = await new TestMachine(api, 22).discover();
    await api.database.db.node.update({ where: { id: machine.id }, data: { lastSeenAt: new Date(0) } });
    const before = await machine.show();
    expect(before.alive).toBe(false);

    await machine.beat();

    expect(await machine.show()).toMatchObject({ alive: true, version: before.version });
    const events = await api.database.db.event.findMany({
      where: { subjectId: machine.id, type: 'node.updated' },
    });
    expect(events.map(({ data }) => data)).toContainEqual({ alive: true });
    api.get(Heartbeats).beat('no-such-node');
    await expect(api.get(Heartbeats).flush()).resolves.toBeUndefined();
  });

  it('answers proposals and runs through the reader', async () => {
    const facts = await api.get(NodeReader).byNames(['compute1', 'nobody']);

    expect(facts).toMatchObject([
      { name: 'compute1', state: 'discovered', sshHostKeys: [], macs: [testMac(1)] },
    ]);
    expect(await api.get(NodeReader).one(facts[0]?.id ?? '')).toEqual(facts[0]);
  });

  it('refuses a network that does not hold together, all faults at once', async () => {
    const ranges = [
      { purpose: 'host', first: '10.1.0.9', last: '10.1.0.5' },
      { purpose: 'dhcp', first: '10.2.0.1', last: '10.2.0.9' },
    ];
    const answer = await api.admin.put('/networks/storage', { cidr: '10.1.0.0/24', ranges });

    expect(answer.status).toBe(422);
    expect(answer.body.issues.map(({ path }: { path: string }) => path)).toEqual(['ranges[0]', 'ranges[1]']);
    expect(
      (await api.admin.put('/networks/storage', { cidr: '10.1.0.0/31', ranges: [] })).body.issues[0].path,
    ).toBe('cidr');
    expect((await api.operator.put('/networks/storage', { cidr: '10.1.0.0/24', ranges: [] })).status).toBe(
      403,
    );
    expect((await api.viewer.get('/networks')).body.map(({ name }: { name: string }) => name)).toEqual([
      'admin',
    ]);
  });

  it('shows leases with their nodes until they run out', async () => {
    const lease = { address: '10.78.0.200', networkName: 'admin', hostname: null };
    await api.get(LeaseMirror).upsert([
      { ...lease, mac: testMac(1), expiresAt: new Date(Date.now() + 60_000) },
      { ...lease, mac: testMac(99), address: '10.78.0.201', expiresAt: new Date(Date.now() - 1) },
    ]);

    expect((await api.viewer.get('/leases')).body).toMatchObject([
      { mac: testMac(1), network: 'admin', node: 'compute1' },
    ]);
  });
});
