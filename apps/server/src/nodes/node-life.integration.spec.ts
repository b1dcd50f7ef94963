import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASES, startTestApi, type TestApi } from '../testing/index.ts';
import { BootTimeline } from './boot-timeline.ts';
import { NodeBoots } from './node-boots.ts';
import { testInventory, testMac, testNic } from './testing/inventory.ts';
import { putAdminNetwork, TestMachine } from './testing/test-machine.ts';

describe.each(DATABASES)('the life of a node on %s', (database) => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startTestApi({ database });
    await putAdminNetwork(api);
  });
  afterAll(() => api.close());

  it('leads from power on to ready without a reboot between wiping and installing', async () => {
    const machine = await new TestMachine(api, 1).discover();
    expect(await machine.show()).toMatchObject({
      name: 'd52-54-00-00-00-01',
      state: 'discovered',
      serial: 'SN1',
      memoryBytes: 8 * 1024 ** 3,
      cpuThreads: 4,
      actions: ['allocate', 'install', 'reset', 'reboot'],
    });

    const accepted = await api.operator.post('/nodes/d52-54-00-00-00-01/actions/install', {
      bootEnv: 'debian-12',
    });
    expect(accepted.status).toBe(202);
    expect(accepted.body).toMatchObject({
      state: 'hardware-installing',
      address: '10.78.0.20',
      bootEnv: 'debian-12',
    });
    expect((await machine.obey('wipe')).params).toEqual({ disk: '/dev/vda' });

    expect(await machine.show()).toMatchObject({ state: 'installing', nextBoot: 'os-install' });
    expect(await api.get(NodeBoots).plan(machine.id)).toMatchObject({ kind: 'discovery' });
    const install = await machine.obey('install-image');
    expect(install.params).toEqual({
      hostname: 'd52-54-00-00-00-01',
      bootEnv: 'debian-12',
      disk: '/dev/vda',
      address: '10.78.0.20/24',
      gateway: null,
      dns: [],
      nicMac: '52:54:00:00:00:01',
      firmware: 'bios',
      arch: 'x86_64',
      consoleArguments: '',
    });

    await machine.obey('reboot');
    expect(await api.get(NodeBoots).plan(machine.id)).toMatchObject({ kind: 'local' });
    await machine.callHome();
    expect(await machine.show()).toMatchObject({ state: 'readying', platform: 'debian-12' });
    expect((await machine.show()).hostKeyFingerprints[0]).toMatch(/^ssh-ed25519 SHA256:/);
    const jobs = await api.database.db.outboxEntry.findMany({ where: { name: 'ready-node' } });
    expect(jobs.map(({ payload }) => payload)).toEqual([{ nodeId: machine.id }]);

    await machine.event('ready');
    expect(await machine.show()).toMatchObject({ state: 'ready', stateDeadline: null, nextBoot: 'local' });
    const history = await api.viewer.get(`/nodes/${machine.id}/history`);
    expect(history.body.map(({ event }: { event: string }) => event).reverse()).toEqual([
      'boot',
      'inventory-reported',
      'allocate',
      'install',
      'hardware-done',
      'install-start',
      'install-done',
      'first-contact',
      'ready',
    ]);
    expect(history.body.at(-3)).toMatchObject({ event: 'allocate', actor: 'token:operator-user/test' });
  });

  it('reboots into an installer, and takes what that reports', async () => {
    const machine = await new TestMachine(api, 2).discover();
    await machine.beat();
    await api.operator.post(`/nodes/${machine.id}/actions/install`, { bootEnv: 'debian-12-installer' });
    await machine.obey('wipe');
    expect(await machine.show()).toMatchObject({ state: 'hardware-installed' });
    await machine.obey('reboot');

    const boots = api.get(NodeBoots);
    expect(await boots.plan(machine.id)).toMatchObject({
      kind: 'installer',
      install: { address: '10.78.0.21/24' },
    });
    await boots.installerStarted(machine.id);
    await boots.installerStarted(machine.id);
    expect(await machine.show()).toMatchObject({ state: 'installing' });
    await boots.installerFinished(machine.id, { ok: true });
    expect(await machine.show()).toMatchObject({ state: 'installed', nextBoot: 'local' });
    expect(await machine.next()).toBeNull();

    await api.operator.post(`/nodes/${machine.id}/actions/reset`);
    expect(await machine.show()).toMatchObject({
      state: 'discovering',
      nextAction: expect.stringContaining('Switch'),
    });
  });

  it('says why an installation failed, and starts over', async () => {
    const machine = await new TestMachine(api, 3).discover();
    await machine.beat();
    await api.operator.post(`/nodes/${machine.id}/actions/install`);
    await machine.obey('wipe');
    const order = await machine.next();
    await machine.report(order?.id ?? '', 'failed', 'mkfs.ext4: no space\u0000');

    expect(await machine.show()).toMatchObject({
      state: 'failed',
      stateKind: 'failed',
      failedDuring: 'installing',
      stateReason: 'The discovery image could not do install-image: mkfs.ext4: no space',
      actions: ['reinstall', 'reset', 'reboot'],
    });
    const again = await api.operator.post(`/nodes/${machine.id}/actions/reinstall`);
    expect(again.body).toMatchObject({ state: 'hardware-installing', failedDuring: null });
    expect((await machine.next())?.kind).toBe('wipe');
  });

  it('begins interrupted work anew when the machine boots again, but not a reboot', async () => {
    const machine = await new TestMachine(api, 4).discover();
    await machine.beat();
    await api.operator.post(`/nodes/${machine.id}/actions/install`);
    const wipe = await machine.next();
    await machine.report(wipe?.id ?? '', 'running');
    await machine.discover();
    expect(await machine.next()).toEqual(wipe);

    await machine.obey('wipe');
    await machine.obey('install-image');
    expect((await machine.next())?.kind).toBe('reboot');
    await machine.discover();
    expect(await machine.next()).toBeNull();
  });

  it('fails a node whose wished disk is not there, instead of taking another', async () => {
    const machine = await new TestMachine(api, 5).discover();
    const refused = await api.operator.patch(`/nodes/${machine.id}`, { installDisk: '/dev/sdq' });
    expect(refused.status).toBe(200);

    const answer = await api.operator.post(`/nodes/${machine.id}/actions/install`);

    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({
      code: 'node.no_disk',
      remedy: expect.stringContaining('installDisk'),
    });
    expect(await machine.show()).toMatchObject({ state: 'discovered', address: null });
  });

  it('recognises a machine that boots through another of its NICs', async () => {
    const second = testMac(600);
    const inventory = testInventory(6, { nics: [testNic(testMac(6), true), testNic(second)] });
    const machine = await new TestMachine(api, 6, inventory).discover();
    const other = new TestMachine(api, 600, { ...inventory, nics: [testNic(second, true)] });
    // The second NIC is known, so the same node is found at once; a third one is found by the report.
    await other.discover();
    expect(other.id).toBe(machine.id);
    const third = new TestMachine(api, 601, {
      ...inventory,
      nics: [testNic(testMac(601), true), testNic(second)],
    });

    await third.discover();

    expect(third.id).toBe(machine.id);
    expect((await machine.show()).macs).toEqual([second, testMac(601)]);
    expect((await api.viewer.get(`/nodes?q=${testMac(601)}`)).body.items).toHaveLength(1);
  });

  it('keeps two machines apart whose vendor gave them one UUID', async () => {
    const one = await new TestMachine(api, 7).discover();
    const two = testInventory(8, { dmi: { ...testInventory(8).dmi, uuid: testInventory(7).dmi.uuid } });
    const other = await new TestMachine(api, 8, two).discover();

    expect(other.id).not.toBe(one.id);
    expect(await other.show()).toMatchObject({ uuid: null, state: 'discovered' });
  });

  it('finds or makes one node for a machine whose packets come all at once', async () => {
    const boots = api.get(NodeBoots);

    const found = await Promise.all(Array.from({ length: 8 }, () => boots.identify('52-54-00-00-00-09')));

    expect(new Set(found.map(({ id }) => id)).size).toBe(1);
    expect(found.filter(({ created }) => created)).toHaveLength(1);
  });

  it('refuses what is no inventory, naming each fault', async () => {
    const machine = new TestMachine(api, 10, { ...testInventory(10), memoryBytes: -1, arch: '' });

    await expect(machine.discover()).rejects.toMatchObject({
      code: 'node.inventory_invalid',
      issues: [expect.objectContaining({ path: 'arch' }), expect.objectContaining({ path: 'memoryBytes' })],
    });
  });

  it('writes a timeline per boot', async () => {
    const machine = await new TestMachine(api, 11).discover();
    const timeline = api.get(BootTimeline);
    const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds));
    await timeline.begin(machine.id, { bootEnv: 'discovery', at: at(1), mark: 'dhcp-discover' });
    await timeline.begin(machine.id, { bootEnv: 'discovery', at: at(0), mark: 'power-on' });
    await timeline.begin(machine.id, { bootEnv: 'discovery', at: at(2), mark: 'dhcp-discover' });
    for (const name of ['script', 'agent', 'agent']) await timeline.mark(machine.id, name, { at: at(3) });
    await timeline.begin(machine.id, { bootEnv: 'local', at: at(60), mark: 'dhcp-discover' });
    await timeline.mark(machine.id, 'first-ssh', { at: at(90) });
    await timeline.mark(machine.id, 'late', { at: at(91) });

    const boots = (await api.viewer.get(`/nodes/${machine.id}/boots`)).body;

    const view = boots.map(
      ({ bootEnv, marks }: { bootEnv: string; marks: { name: string; offsetMs: number }[] }) => [
        bootEnv,
        ...marks.map(({ name, offsetMs }) => `${name}@${offsetMs / 1000}`),
      ],
    );
    expect(view).toEqual([
      ['local', 'dhcp-discover@0', 'first-ssh@30'],
      ['discovery', 'power-on@0', 'dhcp-discover@1', 'dhcp-discover@2', 'script@3', 'agent@3'],
    ]);
    expect(boots[0].finishedAt).toBe(at(90).toISOString());
  });
});
