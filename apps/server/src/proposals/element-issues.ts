import type { Barclamp } from '@halligan/sdk';
import type { Issue } from '../shared/problem.dto.ts';
import type { Candidate } from './proposal-issues.ts';

/** Node names by role, as operators write them. */
export type NamedElements = Readonly<Record<string, readonly string[]>>;

/** Unknown roles, unknown nodes, and nodes that are named twice in a role. */
export function referenceIssues(
  { roles }: Barclamp,
  elements: NamedElements,
  nodes: readonly Candidate[],
): Issue[] {
  const known = new Set(nodes.map(({ name }) => name));
  return Object.entries(elements).flatMap(([role, members]) => [
    ...(Object.hasOwn(roles, role)
      ? []
      : [
          issue(
            `elements.${role}`,
            'unknown_role',
            `There is no role "${role}".`,
            `Roles: ${Object.keys(roles).join(', ')}.`,
          ),
        ]),
    ...members.flatMap((node, index) => {
      const path = `elements.${role}[${index}]`;
      if (members.indexOf(node) < index) return [issue(path, 'node_twice', `Node "${node}" is named twice.`)];
      if (known.has(node)) return [];
      return [
        issue(path, 'unknown_node', `There is no node "${node}".`, 'halligan node list shows all there are.'),
      ];
    }),
  ]);
}

/** Roles with too few or too many nodes. */
export function countIssues({ roles }: Barclamp, elements: NamedElements): Issue[] {
  return Object.entries(roles).flatMap(([role, { count = {} }]) => {
    const { min = 0, max = Number.POSITIVE_INFINITY } = count;
    const has = elements[role]?.length ?? 0;
    const path = `elements.${role}`;
    if (has < min)
      return [issue(path, 'too_few_nodes', `Role "${role}" needs at least ${min}, and has ${has}.`)];
    if (has > max)
      return [issue(path, 'too_many_nodes', `Role "${role}" takes at most ${max}, and has ${has}.`)];
    return [];
  });
}

/** Nodes in roles that do not go together, and nodes that take no roles at present. */
export function placementIssues(
  { roles }: Barclamp,
  elements: NamedElements,
  nodes: readonly Candidate[],
): Issue[] {
  const candidates = new Map(nodes.map((node) => [node.name, node]));
  return Object.entries(elements).flatMap(([role, members]) => {
    const { unique = false, conflicts = [] } = roles[role] ?? {};
    const others = Object.keys(elements).filter(
      (other) => other !== role && (unique || conflicts.includes(other)),
    );
    return members.flatMap((node, index) => {
      const path = `elements.${role}[${index}]`;
      return [
        ...others
          .filter((other) => elements[other]?.includes(node))
          .map((other) =>
            issue(path, 'role_conflict', `Node "${node}" cannot be ${role} and ${other} at once.`),
          ),
        ...unusable(path, candidates.get(node)),
      ];
    });
  });
}

function unusable(path: string, node: Candidate | undefined): Issue[] {
  if (node?.state === 'retired')
    return [
      issue(
        path,
        'node_unavailable',
        `Node "${node.name}" is retired.`,
        'Reset it first, or choose another.',
      ),
    ];
  if (node?.available === false)
    return [issue(path, 'node_unavailable', `Node "${node.name}" is marked as not available.`)];
  return [];
}

function issue(path: string, code: string, message: string, remedy?: string): Issue {
  return { path, code: `proposal.${code}`, message, ...(remedy === undefined ? {} : { remedy }) };
}
