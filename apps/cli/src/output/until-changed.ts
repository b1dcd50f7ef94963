import { followEvents, type HalliganEvent } from '@halligan/api-client';
import type { CommandContext } from '../cli.ts';
import { CommandEnded, ExitCode } from '../exit-code.ts';

/**
 * Calls `look` at once and again after every event of these types, until it answers true.
 * Ends with exit code 6 after `timeoutSeconds` or at Ctrl-C; a lost connection is opened again.
 */
export async function untilChanged(
  { connection, signal }: CommandContext,
  types: readonly string[],
  timeoutSeconds: number,
  look: () => Promise<boolean>,
): Promise<void> {
  const done = new AbortController();
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(timeoutSeconds * 1000)]);
  const { baseUrl, token, fetch } = connection();
  try {
    while (!deadline.aborted) {
      const stop = AbortSignal.any([deadline, done.signal]);
      if (await lookAtEach(followEvents({ baseUrl, token, fetch, types, signal: stop }), look)) return;
    }
  } catch (error) {
    if (!deadline.aborted) throw error;
  } finally {
    done.abort();
  }
  throw new CommandEnded(
    ExitCode.stillWaiting,
    `Not there after ${timeoutSeconds} s.`,
    'Wait again; nothing was lost.',
  );
}

/** Listening starts before the first look, so nothing changes unseen in between. */
async function lookAtEach(
  events: AsyncGenerator<HalliganEvent>,
  look: () => Promise<boolean>,
): Promise<boolean> {
  const first = Promise.allSettled([events.next()]);
  if (await look()) return true;
  const [opened] = await first;
  if (opened.status === 'rejected') throw opened.reason;
  for (let event = opened.value; event.done !== true; event = await events.next()) {
    if (await look()) return true;
  }
  return false;
}
