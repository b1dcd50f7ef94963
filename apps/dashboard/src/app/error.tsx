'use client';

import { ErrorNote } from '#components/common/error-note.tsx';

/** A fault of the page itself, not of the server. */
export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  return <ErrorNote error={error} retry={reset} />;
}
