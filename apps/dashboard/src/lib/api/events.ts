import type { LiveEvent } from './types.ts';

/** Every type of event the server sends. */
export const eventTypes = [
  'node.created',
  'node.updated',
  'node.state',
  'node.progress',
  'node.console',
  'node.boot-mark',
  'node.deleted',
  'proposal.updated',
  'run.updated',
  'run.step',
  'system.process',
  'network.updated',
] as const;

export interface EventHandlers {
  onEvent: (event: LiveEvent) => void;
  /** The stream is open; `missed` when events may have passed unheard before. */
  onOpen: (missed: boolean) => void;
  /** The stream broke; it is opened again after `retryMs`. */
  onLost: (retryMs: number) => void;
}

/**
 * Follows the server's event stream until the returned function is called. The browser resumes short
 * breaks itself (Last-Event-ID); when it gives up, the stream is opened anew with growing pauses.
 */
export function followEvents(handlers: EventHandlers): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let broken = false;

  const receive = (message: MessageEvent<string>) => {
    handlers.onEvent(JSON.parse(message.data) as LiveEvent);
  };

  const open = () => {
    const stream = new EventSource('/api/v1/events', { withCredentials: true });
    source = stream;
    for (const type of eventTypes) stream.addEventListener(type, receive);
    stream.onopen = () => {
      handlers.onOpen(broken);
      failures = 0;
      broken = false;
    };
    stream.onerror = () => {
      const retryMs = Math.min(30_000, 1000 * 2 ** failures);
      failures += 1;
      broken = true;
      handlers.onLost(retryMs);
      if (stream.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, retryMs);
    };
  };

  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
