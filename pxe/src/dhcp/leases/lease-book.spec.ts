import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecisionWorld, serverAddress } from '../testing/decision-world.ts';
import { AddressPool } from './address-pool.ts';
import { isLive, type Lease } from './lease.ts';
import { LeaseBook } from './lease-book.ts';

const lease = (address: number, client: string, more: Partial<Lease> = {}): Lease => ({
  address,
  client,
  mac: '52:54:00:00:00:01',
  network: 'n',
  state: 'leased',
  expiresAt: 1000,
  ...more,
});

const contents = (book: LeaseBook) => JSON.stringify(book.durable().sort((a, b) => a.address - b.address));

describe('the lease book', () => {
  it('takes a change back exactly, also when the client moved or the address had an owner', () => {
    const book = new LeaseBook();
    book.put(lease(1, 'a'));
    book.put(lease(2, 'b', { expiresAt: 1 }));
    const before = contents(book);
    const undo = book.put(lease(2, 'a'));
    expect(book.at(1)).toBeUndefined();
    undo();
    expect(contents(book)).toBe(before);
    expect([book.bindingOf('a', 'n')?.address, book.bindingOf('b', 'n')?.address]).toEqual([1, 2]);
  });

  it('does not take back what has been overtaken', () => {
    const book = new LeaseBook();
    const undo = book.put(lease(1, 'a', { expiresAt: 5 }));
    book.put(lease(1, 'a', { expiresAt: 9 }));
    undo();
    expect(book.at(1)?.expiresAt).toBe(9);
  });

  it('keeps an offer apart from a binding', () => {
    const book = new LeaseBook();
    book.put(lease(1, 'a'));
    book.put(lease(2, 'a', { state: 'offered' }));
    expect([book.bindingOf('a', 'n')?.address, book.offerTo('a', 'n')?.address]).toEqual([1, 2]);
    book.forget(2);
    expect(book.offerTo('a', 'n')).toBeUndefined();
    expect(book.durable()).toHaveLength(1);
  });
});

describe('an address pool', () => {
  const pool = () =>
    new AddressPool([
      { first: 10, last: 11 },
      { first: 20, last: 20 },
    ]);

  it('goes round all ranges, so that an address rests as long as possible', () => {
    const made = pool();
    expect([1, 2, 3, 4].map(() => made.take(0, () => 0))).toEqual([10, 11, 20, 10]);
  });

  it('does not search again before something can have changed', () => {
    const made = pool();
    let asked = 0;
    const freeFrom = () => {
      asked += 1;
      return 500;
    };
    expect([made.take(0, freeFrom), made.take(499, freeFrom)]).toEqual([undefined, undefined]);
    expect(asked).toBe(3);
    expect(made.take(500, freeFrom)).toBe(10);
  });

  it('of no range has nothing', () => {
    expect(new AddressPool([]).take(0, () => 0)).toBeUndefined();
  });
});

describe('whatever clients do', () => {
  const mac = (index: number) => `52:54:00:00:00:0${index}`;
  const address = fc.constantFrom('10.78.0.100', '10.78.0.101', '10.78.0.102', '10.78.0.50');
  const step = fc.record({
    client: fc.integer({ min: 1, max: 6 }),
    type: fc.constantFrom('discover', 'request', 'release', 'decline' as const),
    address,
    form: fc.constantFrom('selecting', 'init-reboot', 'renewing'),
    pass: fc.constantFrom(0, 10, 100, 2000),
  });

  it('an acknowledged address belongs to one client until it expires or is given back', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const world = new DecisionWorld();
        world.networks.setNic({ mac: mac(1), addresses: ['10.78.0.50'] });
        for (const { client, type, address: wanted, form, pass } of steps) {
          world.now += pass * 1000;
          const fields = {
            selecting: { requested: wanted, serverId: serverAddress },
            'init-reboot': { requested: wanted },
            renewing: { ciaddr: wanted, serverId: type === 'request' ? undefined : serverAddress },
          }[form];
          const defined = Object.fromEntries(Object.entries(fields ?? {}).filter(([, value]) => value));
          const decision = world.decide({ type, mac: mac(client), ...defined });
          if (decision.kind === 'ack') {
            const holder = world.leases.at(decision.address);
            const free = !holder || !isLive(holder, world.now) || holder.mac === mac(client);
            expect(free).toBe(true);
          }
          world.exchange({ type, mac: mac(client), ...defined });
        }
        const live = world.leases
          .durable()
          .filter((held) => held.state === 'leased' && isLive(held, world.now));
        expect(new Set(live.map((held) => held.address)).size).toBe(live.length);
        expect(new Set(live.map((held) => held.client)).size).toBe(live.length);
      }),
      { numRuns: 400 },
    );
  });
});
