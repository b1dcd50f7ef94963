import { describe, expect, it } from 'vitest';
import type { NodeFacts } from '../nodes/node-reader.ts';
import type { RevisionFacts } from '../proposals/proposal-facts.ts';
import { render } from './rendering.ts';
import { graphOf } from './run-graph.ts';
import { testBarclamp } from './testing/test-barclamp.ts';

const node = (id: string, more: Partial<NodeFacts> = {}): NodeFacts => ({
  ...{
    id,
    name: `node-${id}`,
    state: 'ready',
    standing: 'ready',
    version: 1,
    address: `10.0.0.${id}`,
    macs: [],
  },
  ...{
    platform: 'debian-12',
    sshHostKeys: [],
    available: true,
    alive: true,
    arch: null,
    firmware: null,
    inventory: null,
  },
  ...more,
});
const revision = (elements: Record<string, string[]>): RevisionFacts => ({
  ...{
    id: 'r',
    proposalId: 'p',
    number: 1,
    version: 1,
    attributes: {},
    elements,
    frozen: true,
    createdBy: 'x',
  },
  ...{ createdAt: new Date(0), appliedAt: null },
});
const graph = (elements: Record<string, string[]>, nodes: NodeFacts[]) =>
  graphOf(testBarclamp, elements, render(testBarclamp, revision(elements), nodes));

describe('graphOf', () => {
  it('puts roles into batches by the element order, and smoke tests last', () => {
    const vertices = graph(
      { client: ['3', '2'], server: ['1'] },
      ['1', '2', '3'].map((id) => node(id)),
    );

    expect(vertices.map(({ kind, role, nodeId, batch }) => [kind, role, nodeId, batch])).toEqual([
      ['apply', 'server', '1', 0],
      ['apply', 'client', '2', 1],
      ['apply', 'client', '3', 1],
      ['smoke-test', 'smoke-test', '1', 2],
    ]);
    expect(vertices[1]?.stepNames).toEqual(['file /etc/test.conf', 'slow step', 'secretive step']);
    expect(vertices[3]?.stepNames).toEqual(['the file is there']);
  });

  it('leaves out roles nobody carries', () => {
    expect(graph({ server: ['1'] }, [node('1')]).map(({ batch }) => batch)).toEqual([0, 1]);
  });

  it('has places for steps that cannot be told yet, because a node has no address', () => {
    const vertices = graph({ server: ['1'], client: ['2'] }, [node('1', { address: null }), node('2')]);

    expect(vertices.map(({ role, stepNames }) => [role, stepNames.length])).toEqual([
      ['server', 3],
      ['client', 0],
      ['smoke-test', 1],
    ]);
  });

  it('is the same whatever the order in which nodes are named', () => {
    const nodes = ['1', '2', '3'].map((id) => node(id));

    expect(graph({ server: ['1'], client: ['2', '3'] }, nodes)).toEqual(
      graph({ client: ['3', '2'], server: ['1'] }, [...nodes].reverse()),
    );
  });
});
