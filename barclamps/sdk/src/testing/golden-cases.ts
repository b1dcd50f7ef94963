import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Barclamp } from '../barclamp.ts';
import { deployment, type Elements } from '../deployment.ts';
import type { Step } from '../step.ts';
import { type TargetNode, targetNode } from '../target-node.ts';

const GoldenCase = z.object({
  attributes: z.record(z.string(), z.unknown()).default({}),
  elements: z.record(z.string(), z.array(z.string())),
});
const GoldenCases = z.record(z.string(), GoldenCase);

/** A deployment whose steps are kept as goldens. */
export type GoldenCase = z.infer<typeof GoldenCase>;

/** The steps one node gets in one role. */
export interface RoleOnNode {
  readonly role: string;
  readonly node: TargetNode;
  readonly steps: readonly Step[];
}

/** The cases of a barclamp folder: those of `golden/cases.json`, or one node per role with the defaults. */
export function goldenCases(folder: string, barclamp: Barclamp): Record<string, GoldenCase> {
  const path = join(folder, 'golden', 'cases.json');
  if (existsSync(path)) return GoldenCases.parse(JSON.parse(readFileSync(path, 'utf8')));
  const roles = Object.keys(barclamp.roles);
  const elements = Object.fromEntries(roles.map((role, index) => [role, [`node-${index + 1}`]]));
  return { defaults: { attributes: {}, elements } };
}

/** What a case comes to, in the element order. Node names become addresses 10.0.0.n on every network. */
export function rolesOnNodes(barclamp: Barclamp, { attributes, elements }: GoldenCase): RoleOnNode[] {
  const names = [...new Set(Object.values(elements).flat())].sort();
  const nodes = new Map(names.map((name, index) => [name, sampleNode(name, index + 1)]));
  const placed: Elements = Object.fromEntries(
    Object.entries(elements).map(([role, members]) => [
      role,
      members.flatMap((name) => nodes.get(name) ?? []),
    ]),
  );
  const seen = deployment(barclamp.attributes.parse(attributes), placed);
  return barclamp.elementOrder.flat().flatMap((role) =>
    seen.nodesWith(role).map((node) => {
      const steps = barclamp.roles[role]?.steps({ ...seen, node }) ?? [];
      return { role, node, steps };
    }),
  );
}

function sampleNode(name: string, number: number): TargetNode {
  return {
    ...targetNode({ name, os: { id: 'debian', version: '12' }, addresses: {} }),
    address: () => `10.0.0.${number}`,
  };
}
