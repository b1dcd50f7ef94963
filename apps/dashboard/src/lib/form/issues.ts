import type { Issue } from '../api/types.ts';

export type PathPart = string | number;

/** `attributes.servers[0].name` → ['attributes', 'servers', 0, 'name']; quoted keys `a["b.c"]` too. */
export function parsePath(path: string): PathPart[] {
  const parts: PathPart[] = [];
  for (const match of path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)) {
    const [, quoted, index, name] = match;
    if (quoted !== undefined) parts.push(quoted.replace(/\\(.)/g, '$1'));
    else if (index !== undefined) parts.push(Number(index));
    else if (name !== undefined) parts.push(name);
  }
  return parts;
}

export interface SortedIssues {
  /** By the field of the form they belong to. */
  attributes: { path: PathPart[]; text: string }[];
  /** By role name. */
  roles: Map<string, Issue[]>;
  /** Belong to the proposal as a whole. */
  general: Issue[];
}

function sentence(issue: Issue): string {
  return issue.remedy === undefined ? issue.message : `${issue.message} ${issue.remedy}`;
}

/** Issues sorted to the places where they are shown. */
export function sortIssues(issues: readonly Issue[]): SortedIssues {
  const sorted: SortedIssues = { attributes: [], roles: new Map(), general: [] };
  for (const issue of issues) {
    const [head, ...rest] = parsePath(issue.path);
    const role = rest[0];
    if (head === 'attributes' && rest.length > 0) {
      sorted.attributes.push({ path: rest, text: sentence(issue) });
    } else if (head === 'elements' && typeof role === 'string') {
      sorted.roles.set(role, [...(sorted.roles.get(role) ?? []), issue]);
    } else {
      sorted.general.push(issue);
    }
  }
  return sorted;
}

export interface ErrorTree {
  __errors?: string[];
  [member: string]: ErrorTree | string[] | undefined;
}

function branch(tree: ErrorTree, part: PathPart): ErrorTree {
  const key = String(part);
  const child = tree[key];
  if (child !== undefined && !Array.isArray(child)) return child;
  const fresh: ErrorTree = {};
  tree[key] = fresh;
  return fresh;
}

/** The form library's shape for errors that come from outside. */
export function errorTree(issues: SortedIssues['attributes']): ErrorTree {
  const root: ErrorTree = {};
  for (const { path, text } of issues) {
    const leaf = path.reduce<ErrorTree>(branch, root);
    leaf.__errors = [...(leaf.__errors ?? []), text];
  }
  return root;
}
