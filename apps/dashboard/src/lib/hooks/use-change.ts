'use client';

import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { asProblem } from '../api/problem.ts';

interface Change<Input, Result> {
  run: (input: Input) => Promise<Result>;
  /** Query keys to read again afterwards. */
  refresh?: readonly (readonly unknown[])[];
  /** Said when it worked; nothing when absent. */
  done?: string | ((result: Result, input: Input) => string);
  onDone?: (result: Result, input: Input) => void;
  /** The caller shows errors itself. */
  quiet?: boolean;
}

/** Says what went wrong and what to do about it. */
export function reportProblem(error: unknown): void {
  const problem = asProblem(error);
  const message = [problem.message, problem.remedy, ...problem.issues.map((issue) => issue.message)]
    .filter((text) => text !== null)
    .join(' ');
  notifications.show({ color: 'red', title: 'That did not work', message, autoClose: 12_000 });
}

/** A change on the server: reports success and failure, then reads again what it touched. */
export function useChange<Input = void, Result = unknown>(change: Change<Input, Result>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change.run,
    onSuccess: (result, input) => {
      const text = typeof change.done === 'function' ? change.done(result, input) : change.done;
      if (text !== undefined) notifications.show({ color: 'teal', message: text });
      change.onDone?.(result, input);
    },
    onError: (error) => {
      if (change.quiet !== true) reportProblem(error);
    },
    onSettled: () =>
      Promise.all(
        (change.refresh ?? []).map((queryKey) => client.invalidateQueries({ queryKey: [...queryKey] })),
      ),
  });
}
