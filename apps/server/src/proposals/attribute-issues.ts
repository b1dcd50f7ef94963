import type { z } from 'zod';
import { pathOf } from '../shared/http/validation.ts';
import type { Issue } from '../shared/problem.dto.ts';
import type { Attributes } from './proposal-facts.ts';

/** What the schema says against these attributes, and every attribute it does not know, at whatever depth. */
export function attributeIssues(schema: z.ZodObject, attributes: Attributes): Issue[] {
  const parsed = schema.safeParse(attributes);
  const unknown = parsed.success
    ? unknownPaths(attributes, parsed.data, [])
    : unknownPaths(attributes, schema.shape, [], 1);
  return [
    ...unknown.map((path) => ({
      path: pathOf({ path: ['attributes', ...path] }),
      code: 'proposal.unknown_attribute',
      message: `There is no attribute ${pathOf({ path })}.`,
      remedy: `Known here: ${Object.keys(schema.shape).join(', ')}.`,
    })),
    ...(parsed.error?.issues ?? []).map(({ path, message }) => ({
      path: pathOf({ path: ['attributes', ...path] }),
      code: 'proposal.invalid_attribute',
      message,
    })),
  ];
}

type Path = readonly (string | number)[];

/** Paths of `given` that are not in `known`, which is what parsing kept of it. */
function unknownPaths(given: unknown, known: unknown, path: Path, depth = Number.POSITIVE_INFINITY): Path[] {
  if (
    depth === 0 ||
    typeof given !== 'object' ||
    given === null ||
    typeof known !== 'object' ||
    known === null
  )
    return [];
  return Object.entries(given).flatMap(([key, value]) => {
    const here = [...path, Array.isArray(given) ? Number(key) : key];
    if (!Object.hasOwn(known, key)) return [here];
    return unknownPaths(value, (known as Record<string, unknown>)[key], here, depth - 1);
  });
}
