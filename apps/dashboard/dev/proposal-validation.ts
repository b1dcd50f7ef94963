import type * as t from '../src/lib/api/types.ts';
import { barclamps } from './barclamps.ts';
import { Refusal } from './router.ts';
import type { World } from './world.ts';

export function barclampOf(name: string): t.BarclampDetail {
  const found = barclamps.find((barclamp) => barclamp.name === name);
  if (found !== undefined) return found;
  throw new Refusal(404, 'barclamp.not_found', `There is no barclamp called ${name}.`, {
    remedy: 'See the catalogue.',
  });
}

function attributeIssues(attributes: t.Attributes): t.Issue[] {
  const servers = Array.isArray(attributes.externalServers) ? attributes.externalServers : [];
  return servers.flatMap((server, index) =>
    typeof server === 'string' && /^[\w.:-]+$/.test(server)
      ? []
      : [
          {
            path: `attributes.externalServers[${index}]`,
            code: 'proposal.attribute_invalid',
            message: 'Not a host name or address.',
            remedy: 'Enter one such as ntp.example.org, or remove it.',
          },
        ],
  );
}

function roleIssues(world: World, role: t.BarclampRole, elements: t.Elements): t.Issue[] {
  const names = elements[role.name] ?? [];
  const issues: t.Issue[] = [];
  if (names.length < role.minCount) {
    issues.push({
      path: `elements.${role.name}`,
      code: 'proposal.role_count',
      message: `${role.name} needs at least ${role.minCount} node.`,
      remedy: 'Assign one.',
    });
  }
  names.forEach((name, index) => {
    const path = `elements.${role.name}[${index}]`;
    const node = [...world.nodes.values()].find((each) => each.name === name);
    const clash = role.conflicts.find((other) => elements[other]?.includes(name));
    if (node === undefined)
      issues.push({
        path,
        code: 'proposal.unknown_node',
        message: `There is no node called ${name}.`,
        remedy: 'Take it out.',
      });
    else if (!node.available)
      issues.push({
        path,
        code: 'proposal.node_unavailable',
        message: `${name} is not available.`,
        remedy: 'Make it available, or take it out.',
      });
    if (clash !== undefined)
      issues.push({
        path,
        code: 'proposal.role_conflict',
        message: `${name} is ${clash} too, which excludes ${role.name}.`,
        remedy: 'Take it out of one of them.',
      });
  });
  return issues;
}

export function validate(
  world: World,
  barclamp: string,
  draft: { attributes: t.Attributes; elements: t.Elements },
): t.Issue[] {
  return [
    ...attributeIssues(draft.attributes),
    ...barclampOf(barclamp).roles.flatMap((role) => roleIssues(world, role, draft.elements)),
  ];
}

export function draftOf(body: Record<string, unknown>): { attributes: t.Attributes; elements: t.Elements } {
  return {
    attributes: (body.attributes ?? {}) as t.Attributes,
    elements: (body.elements ?? {}) as t.Elements,
  };
}
