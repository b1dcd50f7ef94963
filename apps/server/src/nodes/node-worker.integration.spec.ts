import { createServer, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeBmc } from '../hardware/fake-bmc.ts';
import { BmcDrivers } from '../hardware/power.ts';
import { ShellError } from '../ssh/shell-error.ts';
import { Shells } from '../ssh/shells.ts';
import { DATABASES, startTestApi, type TestApi } from '../testing/index.ts';
import { BootTimeline } from './boot-timeline.ts';
import { NodeDeadlines } from './node-deadlines.ts';
import { NodeLiveness } from './node-liveness.ts';
import { NodePower } from './node-power.ts';
import { greets } from './ssh-probe.ts';
import { putAdminNetwork, TestMachine } from './testing/test-machine.ts';

const bmc = { driver: 'ipmi', address: '10.78.1.11', port: 623, username: 'operator', password: 'secret' };

describe.each(DATABASES)('the worker’s part in nodes on %s', (database) => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startTestApi({ database, worker: true });
    await putAdminNetwork(api);
  });
  afterAll(() => api.close());

  /** Puts this controller where the worker would open a real one. */
  function plug(fake: FakeBmc): FakeBmc {
    Object.assign(api.inWorker(BmcDrivers), { open: () => fake });
    return fake;
  }

  async function until(machine: TestMachine, expected: Record<string, unknown>): Promise<void> {
    const end = Date.now() + 15_000;
    for (;;) {
      const shown = await machine.show();
      const reached = Object.entries(expected).every(([key, value]) => shown[key] === value);
      if (reached) return;
      if (Date.now() > end) return expect(shown).toMatchObject(expected);
      await delay(50);
    }
  }

  it('asks a new BMC for the power, and switches', async () => {
    const machine = await new TestMachine(api, 1).discover();
    const fake = plug(new FakeBmc({ power: 'off', lag: 1 }));
    await api.operator.put(`/nodes/${machine.id}/bmc`, bmc);
    await until(machine, { powerState: 'off' });

    await api.operator.post(`/nodes/${machine.id}/actions/power-on`);
    await until(machine, { powerState: 'on' });

    expect(fake.log).toEqual(['on']);
    expect((await api.viewer.get(`/nodes/${machine.id}/boots`)).body[0].marks[0].name).toBe('power-on');
  });

  it('power-cycles a ready node into the discovery image to reinstall it', async () => {
    const machine = await new TestMachine(api, 2).becomeReady();
    const fake = plug(new FakeBmc({ power: 'on' }));
    await api.operator.put(`/nodes/${machine.id}/bmc`, bmc);
    await until(machine, { powerState: 'on' });

    const answer = await api.operator.post(`/nodes/${machine.id}/actions/reinstall`);

    expect(answer.body).toMatchObject({ state: 'hardware-installing', nextBoot: 'discovery' });
    await expect.poll(() => fake.log).toEqual(['off', 'boot pxe', 'on']);
    await machine.discover();
    expect(await machine.show()).toMatchObject({ state: 'hardware-installing' });
    await machine.obey('wipe');
    expect(await machine.show()).toMatchObject({
      state: 'installing',
      hostKeyFingerprints: [],
      platform: null,
    });
  });

  it('does not cycle a machine again that has started since the order', async () => {
    const machine = await new TestMachine(api, 9).discover();
    const fake = plug(new FakeBmc({ power: 'on' }));
    await api.operator.put(`/nodes/${machine.id}/bmc`, bmc);
    const order = { nodeId: machine.id, action: 'cycle', orderedAt: Date.now() } as const;
    const power = api.inWorker(NodePower);
    await api.get(BootTimeline).begin(machine.id, { bootEnv: 'discovery', mark: 'dhcp-discover' });

    await power.handle(order, { attempt: 2 });
    expect(fake.log).toEqual([]);

    await power.handle({ ...order, orderedAt: Date.now() + 1000 }, { attempt: 2 });
    await power.handle(order, { attempt: 1 });
    expect(fake.log).toEqual(['off', 'on', 'off', 'on']);
  });

  it('fails a node whose BMC refuses the power cycle it depends on, with cause and remedy', async () => {
    const machine = await new TestMachine(api, 3).discover();
    const fake = new FakeBmc({ power: 'on' });
    fake.bootFrom = async () => {
      const { BmcError } = await import('../hardware/bmc.ts');
      throw new BmcError(
        'bmc.wrong_password',
        'The BMC at 10.78.1.11:623 refused the password.',
        'Set it again.',
      );
    };
    plug(fake);
    await api.operator.put(`/nodes/${machine.id}/bmc`, bmc);
    await api.operator.post(`/nodes/${machine.id}/actions/reset`);

    await until(machine, { state: 'failed' });

    expect(await machine.show()).toMatchObject({
      failedDuring: 'discovering',
      stateReason: 'Power cycle failed: The BMC at 10.78.1.11:623 refused the password.',
      nextAction: 'Set it again. Then reset the node.',
    });
    await machine.discover();
    expect(await machine.show()).toMatchObject({ state: 'discovered' });
  });

  it('reboots a node without a BMC over SSH, and says what to do when that fails', async () => {
    const machine = await new TestMachine(api, 7).becomeReady();
    const commands: string[] = [];
    const exec: Shells['exec'] = async (target, command) => {
      if (target.id === machine.id) commands.push(command);
      return { status: 0, stdout: '', stderr: '' };
    };
    Object.assign(api.inWorker(Shells), { exec });
    const answer = await api.operator.post(`/nodes/${machine.id}/actions/reinstall`);
    expect(answer.body).toMatchObject({ nextAction: 'Wait: the machine is rebooted over SSH.' });
    await expect.poll(() => commands.some((command) => command.endsWith('systemctl reboot'))).toBe(true);
    expect(await machine.show()).toMatchObject({ state: 'hardware-installing' });

    const other = await new TestMachine(api, 8).becomeReady();
    const mismatch: Shells['exec'] = async () => {
      throw new ShellError('ssh.host_key_mismatch', 'Its host key is not the pinned one.');
    };
    Object.assign(api.inWorker(Shells), { exec: mismatch });
    await api.operator.post(`/nodes/${other.id}/actions/reset`);
    await until(other, { state: 'failed' });
    expect(await other.show()).toMatchObject({
      stateReason: 'Rebooting over SSH failed: Its host key is not the pinned one.',
      nextAction: expect.stringContaining('by hand'),
    });
  });

  it('fails overdue nodes with a reason, once, however many sweep', async () => {
    const machine = await new TestMachine(api, 4).discover();
    await machine.beat();
    await api.operator.post(`/nodes/${machine.id}/actions/install`);
    await api.database.db.node.update({ where: { id: machine.id }, data: { stateDeadline: new Date(0) } });
    const deadlines = api.inWorker(NodeDeadlines);

    await Promise.all([deadlines.sweep(), deadlines.sweep(), deadlines.sweep()]);

    expect(await machine.show()).toMatchObject({
      state: 'failed',
      failedDuring: 'hardware-installing',
      stateReason: expect.stringContaining('did not become hardware-installed within 30 minutes'),
      stateDeadline: null,
    });
    const history = await api.viewer.get(`/nodes/${machine.id}/history`);
    expect(history.body.filter(({ event }: { event: string }) => event === 'fail')).toHaveLength(1);
  });

  it('sweeps by itself, also when Redis has lost the schedule, and after a start without Redis', async () => {
    const overdue = async (number: number) => {
      const machine = await new TestMachine(api, number).discover();
      await api.operator.post(`/nodes/${machine.id}/actions/reset`);
      await api.database.db.node.update({ where: { id: machine.id }, data: { stateDeadline: new Date(0) } });
      return machine;
    };
    await api.redis.killAndWipe();
    await api.redis.start();
    await until(await overdue(50), { state: 'failed' });

    await api.redis.killAndWipe();
    await api.restartWorker();
    const machine = await overdue(51);
    await api.redis.start();
    await until(machine, { state: 'failed' });
  });

  it('tells once of a node that fell silent', async () => {
    const machine = await new TestMachine(api, 6).discover();
    const liveness = api.inWorker(NodeLiveness);
    const now = Date.now();
    await liveness.sweep(new Date(now));

    expect(await liveness.sweep(new Date(now + 60_000))).not.toContain(machine.id);
    expect(await liveness.sweep(new Date(now + 100_000))).toContain(machine.id);
    expect(await liveness.sweep(new Date(now + 110_000))).not.toContain(machine.id);
  });
});

describe('greets', () => {
  it.each([
    ['SSH-2.0-OpenSSH_9.2p1\r\n', true],
    ['HTTP/1.1 400\r\n', false],
  ])('%j: %s', async (greeting, expected) => {
    const server: Server = createServer((socket) => socket.end(greeting));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };

    expect(await greets('127.0.0.1', port)).toBe(expected);
    await new Promise((resolve) => server.close(resolve));
    expect(await greets('127.0.0.1', port)).toBe(false);
  });

  it('gives up on one that says nothing', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };

    expect(await greets('127.0.0.1', port, 50)).toBe(false);
    server.close();
  });
});
