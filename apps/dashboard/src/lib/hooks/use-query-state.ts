'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

/** One parameter of the page's address as state: it survives reloads and can be shared. */
export function useQueryState(name: string): [string | null, (value: string | null) => void] {
  const value = useSearchParams().get(name);
  const set = useCallback(
    (next: string | null) => {
      const parameters = new URLSearchParams(window.location.search);
      if (next === null || next === '') parameters.delete(name);
      else parameters.set(name, next);
      const text = parameters.toString();
      window.history.replaceState(null, '', `${window.location.pathname}${text === '' ? '' : `?${text}`}`);
    },
    [name],
  );
  return [value, set];
}
