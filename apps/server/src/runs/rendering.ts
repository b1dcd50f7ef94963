import {
  type Barclamp,
  deployment,
  type SmokeTest,
  type Step,
  sh,
  step,
  type TargetNode,
} from '@halligan/sdk';
import type { NodeFacts } from '../nodes/node-reader.ts';
import type { RevisionFacts } from '../proposals/proposal-facts.ts';
import type { NodeRunKind } from './run.dto.ts';

/** One place of work in a revision: a role on a node, or the questions one node asks at the end. */
export interface Place {
  readonly kind: NodeRunKind;
  readonly role: string;
  readonly nodeId: string;
}

/** What a revision means in steps, given the nodes as they are now. */
export interface Rendering {
  /**
   * The steps of a place. The same for the same revision and node facts.
   *
   * @throws {Error} saying what a node still lacks, such as an address.
   */
  steps(place: Place): readonly Step[];
  /** The nodes that ask questions at the end; all of them when that cannot be told yet. */
  smokeTestNodes(): string[];
}

/** The role name under which smoke tests stand in a run. */
export const SMOKE_TEST = 'smoke-test';

/** Renders a revision. Its attributes must have passed the barclamp's schema. */
export function render(barclamp: Barclamp, revision: RevisionFacts, nodes: readonly NodeFacts[]): Rendering {
  const targets = new Map(nodes.map((node) => [node.id, targetOf(node)]));
  const elements = Object.fromEntries(
    Object.entries(revision.elements).map(([role, ids]) => [
      role,
      ids.flatMap((id) => targets.get(id) ?? []),
    ]),
  );
  const seen = deployment(barclamp.attributes.parse(revision.attributes), elements);
  const smokeTests = () => barclamp.smokeTest?.(seen) ?? [];
  return {
    steps: ({ kind, role, nodeId }) => {
      const node = targets.get(nodeId);
      if (!node) throw new Error('The node is gone.');
      if (kind === 'smoke-test')
        return smokeTests()
          .filter(({ on }) => on.name === node.name)
          .map(asStep);
      return barclamp.roles[role]?.steps({ ...seen, node }) ?? [];
    },
    smokeTestNodes: () => smokeTestNodes(smokeTests, nodes),
  };
}

function smokeTestNodes(tests: () => readonly { on: TargetNode }[], nodes: readonly NodeFacts[]): string[] {
  const asking = attempt(tests)?.map(({ on }) => on.name);
  return nodes.filter(({ name }) => asking?.includes(name) ?? true).map(({ id }) => id);
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    // A node that lacks an address keeps the tests from being told; every node then gets a place for them.
    return undefined;
  }
}

/** A smoke test is a step that never has anything to change and always something to prove. */
function asStep({ name, ask, timeoutSeconds }: SmokeTest): Step {
  return step({
    name,
    check: sh`true`,
    apply: sh`true`,
    verify: ask,
    ...(timeoutSeconds && { timeoutSeconds }),
  });
}

function targetOf({ name, platform, address }: NodeFacts): TargetNode {
  const [id = 'unknown', version = ''] = platform?.split('-') ?? [];
  return {
    name,
    os: { id, version },
    address: (network) => {
      if (network !== 'admin') throw new Error(`Node ${name} has no address on network "${network}".`);
      if (address === null) throw new Error(`Node ${name} has no address yet: allocate it.`);
      return address;
    },
  };
}
