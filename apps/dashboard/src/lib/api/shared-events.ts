import { type EventHandlers, followEvents } from './events.ts';
import type { LiveEvent } from './types.ts';

type Message =
  | { kind: 'event'; event: LiveEvent }
  | { kind: 'open'; missed: boolean }
  | { kind: 'lost'; retryMs: number }
  /** A tab has joined and wants to know how things stand. */
  | { kind: 'hello' };

const name = 'halligan-events';

interface Leadership {
  channel: BroadcastChannel;
  own: EventHandlers;
  signal: AbortSignal;
  /** Another tab read before: what happened between its end and our beginning was heard by nobody. */
  takenOver: boolean;
}

/** Reads the stream for every tab of this browser until `signal` fires. */
function lead({ channel, own, signal, takenOver }: Leadership): Promise<void> {
  let first = true;
  let standing: Message = { kind: 'lost', retryMs: 0 };
  const tell = (message: Message) => {
    if (message.kind === 'open') standing = { kind: 'open', missed: false };
    if (message.kind === 'lost') standing = message;
    channel.postMessage(message);
    deliver(own, message);
  };
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'hello') channel.postMessage(standing);
  };
  const stop = followEvents({
    onEvent: (event) => tell({ kind: 'event', event }),
    onOpen: (missed) => {
      tell({ kind: 'open', missed: missed || (first && takenOver) });
      first = false;
    },
    onLost: (retryMs) => tell({ kind: 'lost', retryMs }),
  });
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      stop();
      resolve();
    });
  });
}

function deliver(handlers: EventHandlers, message: Message): void {
  if (message.kind === 'event') handlers.onEvent(message.event);
  if (message.kind === 'open') handlers.onOpen(message.missed);
  if (message.kind === 'lost') handlers.onLost(message.retryMs);
}

/**
 * Follows the event stream over one connection for all tabs of this browser: over HTTP/1.1 a browser opens
 * at most six to a server, so a seventh tab with its own stream could not load anything. The tab that holds
 * the lock reads; when it closes, another takes over.
 */
export function followSharedEvents(handlers: EventHandlers): () => void {
  if (!('locks' in navigator) || typeof BroadcastChannel === 'undefined') return followEvents(handlers);
  const ending = new AbortController();
  const channel = new BroadcastChannel(name);
  let heard = false;
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    heard ||= data.kind !== 'hello';
    deliver(handlers, data);
  };
  channel.postMessage({ kind: 'hello' } satisfies Message);
  navigator.locks
    .request(name, { signal: ending.signal }, () =>
      lead({ channel, own: handlers, signal: ending.signal, takenOver: heard }),
    )
    .catch((error: unknown) => {
      if (!ending.signal.aborted) throw error;
    });
  return () => {
    ending.abort();
    channel.close();
  };
}
