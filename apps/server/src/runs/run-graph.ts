import type { Barclamp, Step } from '@halligan/sdk';
import type { ElementIds } from '../proposals/proposal-facts.ts';
import { type Place, type Rendering, SMOKE_TEST } from './rendering.ts';

/** A vertex of a run's graph: it may begin when every vertex of the batches before its own has succeeded. */
export interface Vertex extends Place {
  readonly batch: number;
  /** Names only. What a step does is decided when it runs. */
  readonly stepNames: readonly string[];
}

/**
 * The graph of a revision. Edges are not listed: they follow from the batches, so that a graph costs as much as it
 * has vertices. Smoke tests make the last batch.
 */
export function graphOf(barclamp: Barclamp, elements: ElementIds, rendering: Rendering): Vertex[] {
  const batches = barclamp.elementOrder
    .map((roles) => roles.flatMap((role) => placesOf(role, elements[role] ?? [])))
    .filter((places) => places.length > 0);
  const asking = rendering
    .smokeTestNodes()
    .map((nodeId): Place => ({ kind: 'smoke-test', role: SMOKE_TEST, nodeId }));
  return [...batches, barclamp.smokeTest ? asking : []].flatMap((places, batch) =>
    places.map((place) => ({
      ...place,
      batch,
      stepNames: stepsIfKnown(rendering, place).map(({ name }) => name),
    })),
  );
}

/** The steps of a place; none while a node still lacks what they depend on. */
export function stepsIfKnown(rendering: Rendering, place: Place): readonly Step[] {
  try {
    return rendering.steps(place);
  } catch {
    // They are rendered again, and their names stored, when the place is worked on.
    return [];
  }
}

function placesOf(role: string, nodeIds: readonly string[]): Place[] {
  return [...nodeIds].sort().map((nodeId) => ({ kind: 'apply', role, nodeId }));
}
