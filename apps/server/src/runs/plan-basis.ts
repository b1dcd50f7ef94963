import { stepKey } from '@halligan/sdk/runner';
import type { NodeFacts } from '../nodes/node-reader.ts';
import type { RevisionFacts } from '../proposals/proposal-facts.ts';
import type { PlanBasis } from './plan-hash.ts';
import type { Rendering } from './rendering.ts';
import { stepsIfKnown, type Vertex } from './run-graph.ts';

/** What a plan for this revision rests on; `lastRuns` names the last finished node run of each node. */
export function planBasis(
  revision: RevisionFacts,
  graph: readonly Vertex[],
  rendering: Rendering,
  nodes: readonly NodeFacts[],
  lastRuns: ReadonlyMap<string, string>,
): PlanBasis {
  return {
    draft: [revision.number, revision.version],
    steps: graph.map((vertex) => [
      vertex.kind,
      vertex.role,
      vertex.nodeId,
      vertex.batch,
      stepsIfKnown(rendering, vertex).map(stepKey),
    ]),
    nodes: nodes.map(({ id, sshHostKeys }) => [id, sshHostKeys, lastRuns.get(id) ?? null]),
  };
}
