import { describe, expect, it } from 'vitest';
import { option } from '../options/option-table.ts';
import type { Arrival } from '../packet/dhcp-request.ts';
import { encodeOption } from '../packet/encode-packet.ts';
import { type ClientMessage, defaultMac } from '../testing/client-message.ts';
import { DecisionWorld, serverAddress, summary } from '../testing/decision-world.ts';

const other = '52:54:00:00:00:99';
const own = '10.78.0.100';
const second = '10.78.0.101';
const reserved = '10.78.0.50';
const world = () => new DecisionWorld();
const known = (address?: string, mac = defaultMac) => {
  const made = world();
  made.networks.setNic({ mac, ...(address ? { addresses: [address] } : {}) });
  return made;
};

type Row = [
  behaviour: string,
  world: DecisionWorld,
  message: ClientMessage,
  expected: string,
  arrival?: Arrival,
];

const check = (rows: Row[]) =>
  it.each(rows)('%s', (_behaviour, made, message, expected, arrival) => {
    expect(summary(made.decide(message, arrival))).toBe(expected);
  });

describe('DISCOVER', () => {
  check([
    ['a stranger gets the next address', world(), { type: 'discover' }, `offer ${own}`],
    ['a client gets the address it has', world().lease(second), { type: 'discover' }, `offer ${second}`],
    ['or had', world().lease(second, { seconds: -5 }), { type: 'discover' }, `offer ${second}`],
    ['or gave back', world().lease(second, { state: 'released' }), { type: 'discover' }, `offer ${second}`],
    [
      'unless someone else has it now',
      world().lease(own, { mac: other }),
      { type: 'discover', requested: own },
      `offer ${second}`,
    ],
    ['it gets what it asks for', world(), { type: 'discover', requested: second }, `offer ${second}`],
    ['but not outside the range', world(), { type: 'discover', requested: '10.78.0.7' }, `offer ${own}`],
    ['nor the server', world(), { type: 'discover', requested: serverAddress }, `offer ${own}`],
    [
      'nor what another NIC has reserved',
      known(own, other),
      { type: 'discover', requested: own },
      `offer ${second}`,
    ],
    [
      'a reservation wins over a lease',
      known(reserved).lease(own),
      { type: 'discover' },
      `offer ${reserved}`,
    ],
    [
      'a reserved address that another sits on is not offered',
      known(reserved).lease(reserved, { mac: other }),
      { type: 'discover' },
      `offer ${own}`,
    ],
    [
      'a declined address rests, even for the one it is reserved for',
      known(reserved).lease(reserved, { state: 'declined' }),
      { type: 'discover' },
      `offer ${own}`,
    ],
    ['a relay decides the network', world(), { type: 'discover', giaddr: '10.79.0.1' }, 'offer 10.79.0.100'],
    [
      'an unknown relay is not served',
      world(),
      { type: 'discover', giaddr: '10.80.0.1' },
      'silent unknown-network',
    ],
    [
      'link selection decides over the relay (RFC 3527)',
      world(),
      {
        type: 'discover',
        giaddr: '10.80.0.1',
        options: [encodeOption(option.relayAgent, new Map([[5, Buffer.from([10, 79, 0, 0])]]))],
      },
      'offer 10.79.0.100',
    ],
  ]);

  it('offers the same again, and another address to each client, until there is none', () => {
    const made = world();
    const discover = (mac: string) => made.exchange({ type: 'discover', mac });
    expect(discover(defaultMac)).toBe(`offer ${own}`);
    expect(discover(defaultMac)).toBe(`offer ${own}`);
    expect(discover(other)).toBe(`offer ${second}`);
    expect(discover('52:54:00:00:00:03')).toBe('offer 10.78.0.102');
    expect(discover('52:54:00:00:00:04')).toBe('silent exhausted');
    made.now += 31_000;
    expect(discover('52:54:00:00:00:04')).toBe(`offer ${own}`);
  });
});

describe('REQUEST, selecting', () => {
  const select = { type: 'request', serverId: serverAddress, requested: own } as const;
  check([
    ['takes up the offer', world().lease(own, { state: 'offered' }), select, `ack ${own}`],
    ['the offer may have been forgotten by a restart', world(), select, `ack ${own}`],
    ['but not given away', world().lease(own, { mac: other }), select, 'nak address-taken'],
    ['not outside the range', world(), { ...select, requested: '10.78.0.7' }, 'nak not-your-address'],
    ['not on another network', world(), { ...select, requested: '10.99.0.7' }, 'nak wrong-network'],
    ['not reserved for another', known(own, other), select, 'nak reserved-elsewhere'],
    ['another server was chosen', world(), { ...select, serverId: '10.78.0.2' }, 'silent foreign-server-id'],
    [
      'and our offer is withdrawn',
      world().lease(own, { state: 'offered' }),
      { ...select, serverId: '10.78.0.2' },
      `forget-offer ${own}`,
    ],
    [
      'without an address there is nothing to say',
      world(),
      { type: 'request', serverId: serverAddress },
      'silent missing-address',
    ],
    [
      'a relay that stands in for the server is us (RFC 5107)',
      world(),
      {
        ...select,
        serverId: '10.79.0.1',
        requested: '10.79.0.100',
        giaddr: '10.79.0.1',
        options: [encodeOption(option.relayAgent, new Map([[11, Buffer.from([10, 79, 0, 1])]]))],
      },
      'ack 10.79.0.100',
    ],
  ]);
});

describe('REQUEST, init-reboot', () => {
  const reboot = { type: 'request', requested: own } as const;
  check([
    ['gets its address back', world().lease(own), reboot, `ack ${own}`],
    ['also after it expired', world().lease(own, { seconds: -1 }), reboot, `ack ${own}`],
    ['has another', world().lease(second), reboot, 'nak not-your-address'],
    ['moved from another network', world(), { ...reboot, requested: '10.99.0.7' }, 'nak wrong-network'],
    ['of an unknown client nothing is said', world(), reboot, 'silent no-binding'],
    ['but that the address is taken', world().lease(own, { mac: other }), reboot, 'nak address-taken'],
    ['now has a reservation', known(reserved).lease(own), reboot, 'nak not-your-address'],
    ['is reserved', known(reserved), { ...reboot, requested: reserved }, `ack ${reserved}`],
    ['no address', world(), { type: 'request' }, 'silent missing-address'],
  ]);
});

describe('REQUEST, renewing and rebinding', () => {
  const renew = { type: 'request', ciaddr: own } as const;
  check([
    ['renews', world().lease(own), renew, `ack ${own}`, 'unicast'],
    ['rebinds', world().lease(own), renew, `ack ${own}`],
    ['a lost lease is made anew while the address is free', world(), renew, `ack ${own}`, 'unicast'],
    [
      'not one that was given away',
      world().lease(own, { mac: other }),
      renew,
      'nak address-taken',
      'unicast',
    ],
    ['not with a wrong address', world().lease(second), renew, 'nak not-your-address', 'unicast'],
    [
      'a reservation does not cut a running system off',
      known(reserved).lease(own),
      renew,
      `ack ${own}`,
      'unicast',
    ],
    [
      'but it makes room for whom the address is reserved',
      known(own, other).lease(own),
      renew,
      'nak reserved-elsewhere',
    ],
    [
      'behind a router without relay',
      world(),
      { ...renew, ciaddr: '10.79.0.150' },
      'ack 10.79.0.150',
      'unicast',
    ],
    ['carried to another wire', world(), { ...renew, ciaddr: '10.79.0.150' }, 'nak wrong-network'],
    [
      'on no network of ours',
      world(),
      { ...renew, ciaddr: '10.99.0.5' },
      'silent unknown-network',
      'unicast',
    ],
  ]);

  it('are told apart by how the message came', () => {
    const states = (['unicast', 'broadcast'] as const).map((arrival) =>
      world().lease(own).decide(renew, arrival),
    );
    expect(states).toMatchObject([{ state: 'renewing' }, { state: 'rebinding' }]);
  });
});

describe('RELEASE and DECLINE', () => {
  const release = { type: 'release', serverId: serverAddress, ciaddr: own } as const;
  const decline = { type: 'decline', serverId: serverAddress, requested: own } as const;
  check([
    ['release', world().lease(own), release, `release ${own}`],
    ['not for others', world().lease(own, { mac: other }), release, 'silent not-your-lease'],
    ['not to others', world().lease(own), { ...release, serverId: '10.78.0.2' }, 'silent foreign-server-id'],
    [
      'not without naming us',
      world().lease(own),
      { type: 'release', ciaddr: own },
      'silent foreign-server-id',
    ],
    ['decline', world().lease(own), decline, `decline ${own}`],
    ['only what one was given', world(), decline, 'silent not-your-lease'],
    ['only to us', world().lease(own), { type: 'decline', requested: own }, 'silent foreign-server-id'],
    ['naming it', world().lease(own), { type: 'decline', serverId: serverAddress }, 'silent missing-address'],
  ]);

  it('a released address is free for others at once, a declined one after an hour', () => {
    const full = world().lease(own).lease(second, { mac: other, seconds: 9999 });
    full.lease('10.78.0.102', { mac: '52:54:00:00:00:03', seconds: 9999 });
    full.exchange(decline);
    expect(full.exchange({ type: 'discover' })).toBe('silent exhausted');
    full.now += 3_600_000;
    expect(full.exchange({ type: 'discover' })).toBe(`offer ${own}`);
    expect(full.exchange({ type: 'request', serverId: serverAddress, requested: own })).toBe(`ack ${own}`);
    full.exchange(release);
    expect(full.exchange({ type: 'discover', mac: '52:54:00:00:00:04' })).toBe(`offer ${own}`);
  });
});

describe('INFORM and the rest', () => {
  check([
    ['inform', world(), { type: 'inform', ciaddr: '10.78.0.7' }, 'inform'],
    ['not towards strangers', world(), { type: 'inform', ciaddr: '8.8.8.8' }, 'silent unknown-network'],
    ['not towards nobody', world(), { type: 'inform' }, 'silent missing-address'],
    ['a server message', world(), { type: 'offer' }, 'silent unsupported-message'],
  ]);
});
