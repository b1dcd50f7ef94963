import { createParser } from 'eventsource-parser';
import { ApiError } from './api-error.ts';
import type { HalliganEvent } from './types.ts';

export interface EventsOptions {
  baseUrl: string;
  token?: string;
  fetch?: typeof globalThis.fetch;
  /** Resume after this event id. */
  after?: number;
  types?: readonly string[];
  /** Ends the stream. */
  signal?: AbortSignal;
}

/** Events as they happen (`GET /events`), over one connection; ends when the server closes it or `signal` fires. */
export async function* followEvents(options: EventsOptions): AsyncGenerator<HalliganEvent> {
  const response = await openStream(options);
  const ready: HalliganEvent[] = [];
  const parser = createParser({
    onEvent: (message) => {
      ready.push(JSON.parse(message.data) as HalliganEvent);
    },
  });
  const decoder = new TextDecoder();
  if (response.body === null) return;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    yield* ready.splice(0);
  }
}

async function openStream(options: EventsOptions): Promise<Response> {
  const query = options.types === undefined ? '' : `?types=${options.types.join(',')}`;
  const headers: Record<string, string> = { accept: 'text/event-stream' };
  if (options.token !== undefined) headers.authorization = `Bearer ${options.token}`;
  if (options.after !== undefined) headers['last-event-id'] = String(options.after);
  const fetcher = options.fetch ?? globalThis.fetch;
  const response = await fetcher(`${options.baseUrl}/api/v1/events${query}`, {
    headers,
    ...(options.signal ? { signal: options.signal } : {}),
  }).catch((error: unknown) => {
    throw options.signal?.aborted ? error : ApiError.unreachable(options.baseUrl, error);
  });
  if (!response.ok) throw ApiError.fromAnswer(response.status, await response.text());
  return response;
}
