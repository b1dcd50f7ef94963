import { z } from 'zod';
import type { Barclamp } from './barclamp.ts';

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Everything that is wrong with a barclamp's declaration, in words; empty for a good one. */
export function barclampProblems(barclamp: Barclamp): string[] {
  return [
    ...(NAME.test(barclamp.name) ? [] : [`name "${barclamp.name}" must be kebab-case`]),
    ...(barclamp.description.trim() === '' ? ['description is empty'] : []),
    ...roleProblems(barclamp),
    ...orderProblems(barclamp),
    ...attributeProblems(barclamp),
  ];
}

function roleProblems({ roles }: Barclamp): string[] {
  const known = Object.keys(roles);
  return Object.entries(roles).flatMap(([role, { description, conflicts = [], count = {} }]) => [
    ...(NAME.test(role) ? [] : [`role "${role}" must be kebab-case`]),
    ...(description.trim() === '' ? [`role "${role}" has no description`] : []),
    ...conflicts
      .filter((other) => !known.includes(other))
      .map((other) => `role "${role}" conflicts with unknown "${other}"`),
    ...(conflicts.includes(role) ? [`role "${role}" conflicts with itself`] : []),
    ...((count.min ?? 0) > (count.max ?? Number.POSITIVE_INFINITY)
      ? [`role "${role}" has count.min above count.max`]
      : []),
  ]);
}

function orderProblems({ roles, elementOrder }: Barclamp): string[] {
  const ordered = elementOrder.flat();
  const unknown = ordered.filter((role) => !Object.hasOwn(roles, role));
  const wrong = Object.keys(roles).filter((role) => ordered.filter((other) => other === role).length !== 1);
  return [
    ...unknown.map((role) => `elementOrder names unknown role "${role}"`),
    ...wrong.map((role) => `role "${role}" must stand exactly once in elementOrder`),
  ];
}

function attributeProblems({ attributes }: Barclamp): string[] {
  const defaults = attributes.safeParse({});
  const missing = defaults.success ? [] : defaults.error.issues.map(({ path }) => path.join('.'));
  const undescribed = undescribedAttributes(attributes);
  return [
    ...missing.map((path) => `attribute "${path}" has no default`),
    ...undescribed.map((path) => `attribute "${path}" has no description`),
  ];
}

interface JsonSchema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

function undescribedAttributes(attributes: z.ZodObject): string[] {
  const walk = (schema: JsonSchema, path: readonly string[]): string[] =>
    Object.entries(schema.properties ?? {}).flatMap(([name, property]) => [
      ...(property.description ? [] : [[...path, name].join('.')]),
      ...walk(property, [...path, name]),
    ]);
  return walk(attributesSchema(attributes), []);
}

/** The JSON schema of what an operator may write: attributes with defaults are optional in it. */
export function attributesSchema(attributes: z.ZodObject): JsonSchema & Record<string, unknown> {
  return z.toJSONSchema(attributes, { io: 'input' }) as JsonSchema & Record<string, unknown>;
}

/** What is wrong with a set of barclamps taken together: double names, unknown and cyclic `requires`. */
export function catalogueProblems(barclamps: readonly Barclamp[]): string[] {
  const requires = new Map(barclamps.map((barclamp) => [barclamp.name, barclamp.requires]));
  const twice = barclamps.filter(
    (barclamp, index) => barclamps.findIndex(({ name }) => name === barclamp.name) < index,
  );
  return [
    ...twice.map(({ name }) => `barclamp "${name}" is declared twice`),
    ...barclamps.flatMap(({ name, requires: needed }) =>
      needed
        .filter((other) => !requires.has(other))
        .map((other) => `barclamp "${name}" requires unknown "${other}"`),
    ),
    ...cycles(requires).map((cycle) => `barclamps require each other in a circle: ${cycle.join(' → ')}`),
  ];
}

function cycles(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): string[][] => {
    if (path.includes(name)) return [[...path.slice(path.indexOf(name)), name]];
    if (done.has(name)) return [];
    const found = (edges.get(name) ?? []).flatMap((other) => visit(other, [...path, name]));
    done.add(name);
    return found;
  };
  return [...edges.keys()].flatMap((name) => visit(name, []));
}
