import { nodeStates } from './node-state.ts';
import { birth, nodeEvents, type Transition, transitions } from './node-transitions.ts';

const begin = '<!-- state diagram: generated, do not edit -->';
const end = '<!-- end of the state diagram -->';

/** The life cycle as a mermaid state diagram, drawn from the transition table. `reset` is left to the text, for it leads from everywhere. */
export function stateDiagram(): string {
  return ['```mermaid', 'stateDiagram-v2', ...edges().map((edge) => `  ${edge}`), '```'].join('\n');
}

/** One table row per state: what it is, waits for and boots. Columns are padded as the formatter wants them. */
export function stateTable(): string {
  const header = ['state', 'kind', 'aims at', 'next boot', 'deadline', 'meaning'];
  const rows = Object.entries(nodeStates).map(([name, state]) => [
    name,
    state.kind,
    state.aimsAt ?? '',
    state.nextBoot,
    deadline(state.deadlineSeconds),
    state.meaning,
  ]);
  const widths = header.map((_, column) =>
    Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** The page with its generated part renewed; throws when the page has lost its markers. */
export function withStateDiagram(page: string): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from)
    throw new Error('The page has no place for the state diagram: its markers are missing.');
  return `${page.slice(0, from + begin.length)}\n${stateDiagram()}\n\n${stateTable()}\n${page.slice(to)}`;
}

function edges(): string[] {
  const lines = nodeEvents
    .filter((event) => event !== 'reset')
    .flatMap((event) => {
      const { from, to }: Transition = transitions[event];
      return from.map((standing) => edge(standing, to, event));
    });
  return [`[*] --> ${mermaidId(birth.to)}: ${birth.event}`, ...mergeSame(lines)];
}

interface Edge {
  arrow: string;
  label: string;
  detail: string;
}

function edge(standing: string, to: string, event: string): Edge {
  const [state = standing, during] = standing.split(':');
  return { arrow: `${mermaidId(state)} --> ${mermaidId(to)}`, label: event, detail: during ?? '' };
}

/** A failed node's edges differ only in what it failed at: one arrow, with the list on it. */
function mergeSame(list: readonly Edge[]): string[] {
  const merged = new Map<string, string[]>();
  for (const { arrow, label, detail } of list) {
    const key = `${arrow}: ${label}`;
    merged.set(key, [...(merged.get(key) ?? []), ...(detail ? [detail] : [])]);
  }
  return [...merged].map(([key, details]) =>
    details.length ? `${key} (failed at ${details.join(', ')})` : key,
  );
}

/** Mermaid reads a hyphen in a name as the start of an arrow. */
function mermaidId(state: string): string {
  return state.replaceAll('-', '_');
}

function deadline(seconds: number | undefined): string {
  return seconds === undefined ? '' : `${seconds / 60} min`;
}
