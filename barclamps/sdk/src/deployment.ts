import type { Deployment } from './barclamp.ts';
import type { TargetNode } from './target-node.ts';

/** Which nodes carry which role. */
export type Elements = Readonly<Record<string, readonly TargetNode[]>>;

/** The deployment of parsed attributes and elements, as a barclamp's functions see it. */
export function deployment(
  attributes: Readonly<Record<string, unknown>>,
  elements: Elements,
): Deployment<Record<string, unknown>, string> {
  return {
    attributes,
    nodesWith: (role) => [...(elements[role] ?? [])].sort((left, right) => (left.name < right.name ? -1 : 1)),
  };
}
