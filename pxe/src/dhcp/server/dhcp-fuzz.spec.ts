import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { collectedHeap } from '../../testing/collected-heap.ts';
import { eventually } from '../../testing/eventually.ts';
import { option } from '../options/option-table.ts';
import { encodeOption, encodePacket } from '../packet/encode-packet.ts';
import { clientPacket } from '../testing/client-message.ts';
import { LoopbackRelay, relay } from '../testing/loopback-relay.ts';

let rig: LoopbackRelay;
let told = 0;
afterEach(() => rig.close());

const byte = fc.integer({ min: 0, max: 255 });
const type = fc.constantFrom('discover', 'request', 'release', 'decline', 'inform' as const);
const rawOption = fc.tuple(fc.integer({ min: 1, max: 254 }), fc.uint8Array({ maxLength: 60 }));

/** A message that is right in itself, with any options. */
const message = fc
  .record({ type, client: byte, options: fc.array(rawOption, { maxLength: 8 }), server: fc.boolean() })
  .map((made) =>
    encodePacket(
      {
        ...clientPacket({
          type: made.type,
          mac: `52:54:00:00:00:${made.client.toString(16).padStart(2, '0')}`,
          giaddr: relay,
          ciaddr: made.type === 'inform' ? '127.0.0.100' : '0.0.0.0',
          ...(made.server ? { serverId: '127.0.0.1', requested: `127.0.0.${made.client}` } : {}),
          options: [
            encodeOption(option.vendorClass, 'PXEClient'),
            ...made.options.map(([code, bytes]): [number, Buffer] => [code, Buffer.from(bytes)]),
          ],
        }),
      },
      1500,
    ),
  );

/** The same with some bytes changed and the end cut off. */
const mutated = fc
  .record({
    bytes: message,
    changes: fc.array(fc.tuple(fc.nat(400), byte), { maxLength: 6 }),
    length: fc.nat(600),
  })
  .map(({ bytes, changes, length }) => {
    const copy = Buffer.from(bytes);
    for (const [index, value] of changes) copy[index % copy.length] = value;
    return copy.subarray(0, Math.max(length, 1));
  });

const garbage = fc.uint8Array({ minLength: 1, maxLength: 1400 }).map((raw) => Buffer.from(raw));

/** Sends them all and waits until each has come to something. */
async function flood(packets: readonly Buffer[]): Promise<void> {
  const { counters } = rig.server;
  const before = counters.get('received');
  for (const [index, packet] of packets.entries()) {
    await rig.send(packet);
    // The socket's buffer holds a few hundred; the kernel must not be the one that drops.
    const isPause = index % 100 === 99 || index === packets.length - 1;
    if (isPause) await eventually(() => expect(counters.get('received')).toBeGreaterThan(before + index));
  }
  // On loopback a forged relay address may be the server's own, and then it hears its own answer.
  await eventually(() => expect(told).toBe(counters.get('received')));
}

describe('random and mutated packets', () => {
  it('are all counted, crash nothing and leave nothing behind', async () => {
    rig = await LoopbackRelay.start({
      boot: { bootFileFor: () => ({ bootFile: 'x' }) },
      onEvent: () => {
        told += 1;
      },
    });
    const packets = fc.sample(fc.oneof(message, mutated, mutated, garbage), { numRuns: 4000, seed: 2131 });
    await flood(packets.slice(0, 1000));
    const [handles, heap] = [process.getActiveResourcesInfo().length, collectedHeap()];
    await flood(packets);
    expect(collectedHeap() - heap).toBeLessThan(packets.length * 256);
    expect(process.getActiveResourcesInfo().length).toBeLessThanOrEqual(handles + 1);
    const { received, ...outcomes } = rig.server.counters.snapshot();
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(received);
    expect(Object.keys(outcomes)).toEqual(expect.arrayContaining(['ack', 'offer', 'malformed.bad-cookie']));
    const live = rig.store.book.durable().map(({ address }) => address);
    expect(new Set(live).size).toBe(live.length);
    expect((await rig.ask({ type: 'inform', ciaddr: '127.0.0.7' })).op).toBe(2);
  });
});
