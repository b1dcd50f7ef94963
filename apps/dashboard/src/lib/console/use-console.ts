'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../api/client.ts';
import { append, type Lines, noLines } from './lines.ts';

interface Console {
  lines: Lines;
  after: number;
}

/** Reads every chunk there is after a position. */
async function readOn(node: string, from: Console, signal: AbortSignal): Promise<Console> {
  let { lines, after } = from;
  for (;;) {
    const page = await api.nodes.console(node, after, signal);
    if (page.chunks.length === 0) return { lines, after };
    lines = page.chunks.reduce((sum, chunk) => append(sum, chunk.text), lines);
    after = page.nextAfter;
  }
}

/**
 * The node's console log, growing: an event makes the query stale, and it reads on from where it was.
 * `ready` is false until the first answer.
 */
export function useConsole(nodeId: string): { lines: Lines; ready: boolean; error: Error | null } {
  const [state, setState] = useState<Console>({ lines: noLines, after: 0 });
  const { data, error } = useQuery({
    queryKey: ['node-console', nodeId],
    queryFn: ({ signal }) => readOn(nodeId, state, signal),
    staleTime: 0,
    gcTime: 0,
  });
  useEffect(() => {
    if (data !== undefined) setState((old) => (data.after >= old.after ? data : old));
  }, [data]);
  return { lines: state.lines, ready: data !== undefined, error };
}
