'use client';

import { useEffect } from 'react';

/** The title of the browser's tab for a page about one thing. */
export function useTitle(title: string): void {
  useEffect(() => {
    if (title !== '') document.title = `${title} · Halligan`;
  }, [title]);
}
