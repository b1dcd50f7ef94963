import { countStatements } from '@halligan/db/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASES, startTestApi, type TestApi } from '../testing/index.ts';
import { Heartbeats } from './heartbeats.ts';
import { putAdminNetwork, TestMachine } from './testing/test-machine.ts';

const FLEET = 2000;

describe.each(DATABASES)('what a node costs on %s', (database) => {
  let api: TestApi;
  let costs: Record<string, number>;

  beforeAll(async () => {
    api = await startTestApi({ database });
    await putAdminNetwork(api, '10.64.0.0/16', '10.64.1.0', '10.64.255.0');
    // The first node of all pays for what is learnt once per process.
    await live(1);
    costs = await live(2);
  });
  afterAll(() => api.close());

  it(`is the same number of statements among ten nodes and among ${FLEET}`, async () => {
    for (let number = 3; number <= 10; number += 1) await new TestMachine(api, number).discover();
    expect(await live(11)).toEqual(costs);

    await grow();

    expect(await live(12)).toEqual(costs);
    expect(await api.database.db.node.count()).toBeGreaterThan(FLEET);
  });

  it('is the same for the heartbeats of two and of five hundred', async () => {
    const heartbeats = api.get(Heartbeats);
    const ids = (await api.database.db.node.findMany({ select: { id: true }, take: 500 })).map(
      ({ id }) => id,
    );
    // Those who were silent are told of once; from then on a beat is but a beat.
    await beatAll(heartbeats, ids);

    const few = await countStatements(() => beatAll(heartbeats, ids.slice(0, 2)));

    expect(await countStatements(() => beatAll(heartbeats, ids))).toBe(few);
  });

  /** Statements of each stage of a node's life, from its first packet to ready and back. */
  async function live(number: number): Promise<Record<string, number>> {
    const machine = new TestMachine(api, number);
    const stages: [string, () => Promise<unknown>][] = [
      ['discover', () => machine.discover()],
      ['beat', () => machine.beat()],
      ['allocate', () => machine.event('allocate')],
      ['install', () => machine.event('install')],
      ['wipe', () => machine.obey('wipe')],
      [
        'bootEnv',
        () => api.database.db.node.update({ where: { id: machine.id }, data: { bootEnv: 'debian-12' } }),
      ],
      ['install-image', () => machine.obey('install-image')],
      ['reboot', () => machine.obey('reboot')],
      ['call home', () => machine.callHome()],
      ['ready', () => machine.event('ready')],
      ['apply', () => machine.event('apply')],
      ['fail', () => machine.event('fail')],
      ['reset', () => machine.event('reset')],
    ];
    const found: Record<string, number> = {};
    for (const [name, stage] of stages) found[name] = await countStatements(stage);
    return found;
  }

  /** Ready nodes with addresses, histories and boots, written straight into the tables. */
  async function grow(): Promise<void> {
    const { db } = api.database;
    const numbers = Array.from({ length: FLEET }, (_, index) => index);
    const texts = { stateReason: 'test', nextAction: 'test' };
    await db.node.createMany({
      data: numbers.map((n) => ({
        id: `n${n}`,
        name: `n${n}`,
        state: 'ready',
        address: address(n),
        ...texts,
      })),
    });
    await db.nodeNic.createMany({ data: numbers.map((n) => ({ mac: `mac${n}`, nodeId: `n${n}` })) });
    await db.reservation.createMany({
      data: numbers.map((n) => ({
        networkName: 'admin',
        mac: `mac${n}`,
        address: address(n),
        nodeId: `n${n}`,
      })),
    });
    await db.stateChange.createMany({
      data: numbers.map((n) => ({
        nodeId: `n${n}`,
        event: 'x',
        from: 'x',
        to: 'x',
        reason: 'x',
        actor: 'x',
      })),
    });
    await db.agentAction.createMany({
      data: numbers.map((n) => ({ nodeId: `n${n}`, kind: 'wipe', params: {}, status: 'done' })),
    });
  }
});

function address(n: number): string {
  return `10.64.${2 + Math.floor(n / 250)}.${n % 250}`;
}

async function beatAll(heartbeats: Heartbeats, ids: string[]): Promise<void> {
  for (const id of ids) heartbeats.beat(id);
  await heartbeats.flush();
}
