import type { Attributes, Elements } from '../api/types.ts';

export interface Difference {
  path: string;
  before: string | null;
  after: string | null;
}

interface Desired {
  attributes: Attributes;
  elements: Elements;
}

function isMembers(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every leaf with its path; arrays and texts are leaves. */
function leaves(value: unknown, path: string): [string, string][] {
  if (isMembers(value)) {
    return Object.entries(value).flatMap(([key, member]) =>
      leaves(member, path === '' ? key : `${path}.${key}`),
    );
  }
  return [[path, JSON.stringify(value)]];
}

/** What differs between two revisions, leaf by leaf, in the order of their paths. */
export function compareRevisions(older: Desired, newer: Desired): Difference[] {
  const pick = ({ attributes, elements }: Desired) => new Map(leaves({ attributes, elements }, ''));
  const before = pick(older);
  const after = pick(newer);
  return [...new Set([...before.keys(), ...after.keys()])]
    .toSorted()
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => ({ path, before: before.get(path) ?? null, after: after.get(path) ?? null }));
}
