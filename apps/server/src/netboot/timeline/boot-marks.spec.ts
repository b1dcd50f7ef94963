import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { BootTimeline } from '../../nodes/boot-timeline.ts';
import type { NodeBook } from '../book/node-book.ts';
import { BootMarks } from './boot-marks.ts';

const written: string[] = [];
const known = new Map<string, { nodeId: string }>();
let broken = false;

function write(nodeId: string, name: string): Promise<void> {
  if (broken) return Promise.reject(new Error('the database is away'));
  written.push(`${nodeId} ${name}`);
  return Promise.resolve();
}

const timeline = {
  begin: async (nodeId: string, { bootEnv, mark }: { bootEnv: string; mark: string }) => {
    await write(nodeId, `${bootEnv}:${mark}`);
    return 'boot-1';
  },
  mark: write,
} as unknown as BootTimeline;
const nodes = { byMac: (mac: string) => known.get(mac) } as unknown as NodeBook;

let marks: BootMarks;

beforeEach(() => {
  vi.useFakeTimers();
  written.length = 0;
  known.clear();
  broken = false;
  marks = new BootMarks(timeline, nodes);
});

afterEach(() => {
  marks.stop();
  vi.useRealTimers();
});

const note = (mac: string, name: string, begins?: string) =>
  marks.note(mac, { name, at: Date.now(), ...(begins ? { begins } : {}) });

it('marks of a machine that is no node yet wait until it is one, in their order', async () => {
  note('m1', 'dhcp-ack', 'discovery');
  note('m1', 'kernel');
  await marks.settled();
  expect(written).toEqual([]);
  known.set('m1', { nodeId: 'n1' });
  marks.write();
  await marks.settled();
  expect(written).toEqual(['n1 discovery:dhcp-ack', 'n1 kernel']);
});

it('what cannot be written is tried again, and nothing is written twice', async () => {
  known.set('m1', { nodeId: 'n1' });
  broken = true;
  note('m1', 'kernel');
  await marks.settled();
  note('m1', 'initrd');
  await marks.settled();
  broken = false;
  await vi.advanceTimersByTimeAsync(2_500);
  await marks.settled();
  expect(written).toEqual(['n1 kernel', 'n1 initrd']);
});

it('a flood from machines that never become nodes is bounded, and old marks are forgotten', async () => {
  for (let machine = 0; machine < 5_000; machine += 1) note(`m${machine}`, 'dhcp-discover', 'discovery');
  for (let again = 0; again < 100; again += 1) note('m4999', `mark-${again}`);
  await marks.settled();
  known.set('m0', { nodeId: 'n0' }).set('m4999', { nodeId: 'n4999' });
  marks.write();
  await marks.settled();
  expect(written).toHaveLength(64);
  note('m1', 'late');
  vi.setSystemTime(Date.now() + 31 * 60_000);
  known.set('m1', { nodeId: 'n1' });
  marks.write();
  await marks.settled();
  expect(written).toHaveLength(64);
});
