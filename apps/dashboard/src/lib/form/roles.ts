import type { BarclampRole, Elements } from '../api/types.ts';

/** Node names by role, after giving a role to some nodes; a node is listed once. */
export function assign(elements: Elements, role: string, nodes: readonly string[]): Elements {
  return { ...elements, [role]: [...new Set([...(elements[role] ?? []), ...nodes])] };
}

export function unassign(elements: Elements, role: string, node: string): Elements {
  return { ...elements, [role]: (elements[role] ?? []).filter((name) => name !== node) };
}

/** Dragging from one role to another: taken from the first, given to the second. */
export function move(elements: Elements, from: string, to: string, node: string): Elements {
  return from === to ? elements : assign(unassign(elements, from, node), to, [node]);
}

/** How many nodes a role wants, in words. */
export function countRule({ minCount, maxCount }: Pick<BarclampRole, 'minCount' | 'maxCount'>): string {
  if (maxCount === null) return minCount === 0 ? 'any number' : `${minCount} or more`;
  if (minCount === maxCount) return `exactly ${minCount}`;
  return minCount === 0 ? `up to ${maxCount}` : `${minCount} to ${maxCount}`;
}

/** Why a node should not take a role, seen from the draft alone; null when nothing speaks against it. */
export function objection(elements: Elements, role: BarclampRole, node: string): string | null {
  const others = Object.keys(elements).filter((name) => name !== role.name && elements[name]?.includes(node));
  const clash = others.find((name) => role.unique || role.conflicts.includes(name));
  return clash === undefined ? null : `${node} is ${clash} too, which excludes ${role.name}.`;
}
