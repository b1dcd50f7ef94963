import { describe, expect, it } from 'vitest';
import { newNode } from '../../../dev/seed.ts';
import type { LiveEvent, NodePage } from '../api/types.ts';
import { affectedBy } from './affected.ts';
import { reduceNode, reduceNodePage, replaceNode } from './reduce.ts';

let serial = 0;

function event(type: string, subjectId: string, data: Record<string, unknown> = {}): LiveEvent {
  serial += 1;
  return { id: serial, at: '2026-01-01T00:00:09Z', type, subjectKind: 'node', subjectId, data };
}

const node = { ...newNode(1, 'n1'), id: 'a' };
const page: NodePage = {
  items: [node, { ...newNode(2, 'n2'), id: 'b' }],
  nextCursor: null,
  counts: { discovering: 2 },
};

describe('reduceNode', () => {
  it('moves a node to its new state and forgets the progress of the old one', () => {
    const working = { ...node, progress: { percent: 50, message: 'x' } };
    const moved = reduceNode(
      working,
      event('node.state', 'a', { from: 'discovering', to: 'discovered', reason: 'Its inventory arrived.' }),
    );
    expect(moved).toMatchObject({
      state: 'discovered',
      stateKind: 'waiting',
      stateReason: 'Its inventory arrived.',
      stateSince: '2026-01-01T00:00:09Z',
      progress: null,
    });
  });

  it('remembers during which state a node failed', () => {
    const failed = reduceNode(node, event('node.state', 'a', { to: 'failed', reason: 'No answer.' }));
    expect(failed).toMatchObject({ state: 'failed', stateKind: 'failed', failedDuring: 'discovering' });
  });

  it('shows progress', () => {
    const next = reduceNode(node, event('node.progress', 'a', { percent: 40, message: 'unpacking' }));
    expect(next.progress).toEqual({ percent: 40, message: 'unpacking' });
  });

  it.each([
    event('node.state', 'other', { to: 'ready' }),
    event('node.state', 'a', { to: 'a-state-of-tomorrow' }),
    event('node.state', 'a', { to: 'discovering' }),
    event('node.console', 'a', { lastId: 3 }),
  ])('leaves the very same object for an event that tells it nothing (%#)', (nothing) => {
    expect(reduceNode(node, nothing)).toBe(node);
  });
});

describe('reduceNodePage', () => {
  it('applies events in their order and keeps the counts of the fleet', () => {
    const next = reduceNodePage(page, [
      event('node.state', 'a', { from: 'discovering', to: 'discovered' }),
      event('node.state', 'a', { from: 'discovered', to: 'allocated' }),
      event('node.state', 'elsewhere', { from: 'discovering', to: 'failed' }),
    ]);
    expect(next.items.map(({ state }) => state)).toEqual(['allocated', 'discovering']);
    expect(next.counts).toEqual({ discovering: 0, discovered: 0, allocated: 1, failed: 1 });
  });

  it('replaces a node that was read again, and only on the page that holds it', () => {
    const fresh = { ...node, description: 'rack 3' };
    expect(replaceNode(page, fresh).items[0]).toBe(fresh);
    expect(replaceNode(page, { ...fresh, id: 'z' })).toBe(page);
  });
});

describe('affectedBy', () => {
  it('names each query once and tells nodes to read from lists to read', () => {
    const affected = affectedBy([
      event('node.state', 'a'),
      event('node.state', 'a'),
      event('node.updated', 'b'),
      event('node.created', 'c'),
      event('run.step', 'r'),
    ]);
    expect(affected.keys).toEqual([['node-history', 'a'], ['run'], ['runs']]);
    expect([...affected.staleNodes]).toEqual(['a', 'b']);
    expect(affected.nodeListChanged).toBe(true);
  });

  it('does not read a deleted node', () => {
    const affected = affectedBy([event('node.updated', 'a'), event('node.deleted', 'a')]);
    expect([...affected.staleNodes]).toEqual([]);
  });
});
