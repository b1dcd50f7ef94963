'use client';

import { ago, elapsed, moment, until } from '#lib/format.ts';
import { useNow } from '#lib/hooks/use-now.ts';

const exact = (at: string) => new Date(at).toLocaleString();

/** "12 s ago", with the exact moment as its title. */
export function Ago({ at }: { at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={exact(at)}>
      {ago(at, now)}
    </time>
  );
}

/** How long something has lasted, counting on. */
export function Elapsed({ since }: { since: string }) {
  const now = useNow();
  return (
    <time dateTime={since} title={`since ${exact(since)}`}>
      {elapsed(since, now)}
    </time>
  );
}

export function Until({ at }: { at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={exact(at)}>
      {until(at, now)}
    </time>
  );
}

export function Moment({ at }: { at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={exact(at)} style={{ whiteSpace: 'nowrap' }}>
      {moment(at, now)}
    </time>
  );
}
