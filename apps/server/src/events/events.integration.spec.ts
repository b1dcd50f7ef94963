import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Events } from '../shared/events/events.ts';
import { DATABASES, startTestApi, type TestApi, until } from '../testing/index.ts';

interface Message {
  id: number;
  event: string;
  data: { subjectId: string; data: { n: number } };
}

/** Reads server-sent events until it is told to stop. */
class Reader {
  readonly messages: Message[] = [];
  readonly #stop = new AbortController();
  connected = false;
  ended = false;

  constructor(api: TestApi, path: string, headers: Record<string, string> = {}) {
    void this.#read(api, path, headers);
  }

  stop(): void {
    this.#stop.abort();
  }

  async #read(api: TestApi, path: string, headers: Record<string, string>): Promise<void> {
    const response = await fetch(`${api.url}/api/v1${path}`, {
      headers: { authorization: `Bearer ${api.users.viewer.token}`, ...headers },
      signal: this.#stop.signal,
    });
    let text = '';
    try {
      for await (const chunk of response.body ?? []) {
        this.connected = true;
        text += Buffer.from(chunk).toString();
        const parts = text.split('\n\n');
        text = parts.pop() ?? '';
        for (const part of parts) if (!part.startsWith(':')) this.messages.push(parse(part));
      }
    } catch (error) {
      if (!this.#stop.signal.aborted) throw error;
    }
    this.ended = true;
  }
}

function parse(part: string): Message {
  const fields = Object.fromEntries(part.split('\n').map((line) => line.split(/: (.*)/s, 2)));
  return {
    id: Number(fields['id']),
    event: String(fields['event']),
    data: JSON.parse(String(fields['data'])),
  };
}

describe.each(DATABASES)('the event stream on %s', (database) => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startTestApi({ database });
  });
  afterAll(() => api.close());

  async function tell(n: number, type = 'node.updated', subjectId = 'n1'): Promise<void> {
    const event = { type, subjectKind: 'node', subjectId, data: { n } };
    await api.database.transaction((tx) => api.get(Events).record(tx, event));
  }

  it('brings news within a moment, and takes a reader up where it was', async () => {
    const reader = new Reader(api, '/events');
    await until(() => reader.connected);
    const before = Date.now();
    await tell(1);
    await until(() => reader.messages.length === 1);
    expect(Date.now() - before).toBeLessThan(900);
    reader.stop();
    await tell(2);
    await tell(3);

    const again = new Reader(api, '/events', { 'last-event-id': String(reader.messages[0]?.id) });
    await until(() => again.messages.length === 2);

    expect(again.messages.map((message) => message.data.data.n)).toEqual([2, 3]);
    again.stop();
  });

  it('filters by type and by subject', async () => {
    const reader = new Reader(api, '/events?types=node.state,run.step&subject=n2');
    await until(() => reader.connected);

    await tell(1, 'node.state', 'n1');
    await tell(2, 'node.updated', 'n2');
    await tell(3, 'node.state', 'n2');
    await until(() => reader.messages.length === 1);

    expect(reader.messages[0]).toMatchObject({
      event: 'node.state',
      data: { subjectId: 'n2', data: { n: 3 } },
    });
    reader.stop();
  });

  it('tells every reader of every commit, in order, while many commit at once', async () => {
    const readers = [new Reader(api, '/events'), new Reader(api, '/events')];
    await until(() => readers.every((reader) => reader.connected));

    await Promise.all(Array.from({ length: 200 }, (_, n) => tell(n, 'node.updated', 'crowd')));
    await until(() => readers.every((reader) => reader.messages.length === 200));

    for (const reader of readers) {
      const ids = reader.messages.map((message) => message.id);
      expect(ids).toEqual([...ids].sort((a, b) => a - b));
      expect(new Set(reader.messages.map((message) => message.data.data.n)).size).toBe(200);
      reader.stop();
    }
  });

  it('goes on without Redis', async () => {
    const reader = new Reader(api, '/events');
    await until(() => reader.connected);
    await api.redis.killAndWipe();

    await tell(7);

    await until(() => reader.messages.length === 1);
    reader.stop();
    await api.redis.start();
  });

  it('tells nothing of what was rolled back', async () => {
    const reader = new Reader(api, '/events');
    await until(() => reader.connected);
    const failing = api.database.transaction(async (tx) => {
      await api
        .get(Events)
        .record(tx, { type: 'node.updated', subjectKind: 'node', subjectId: 'x', data: {} });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');

    await tell(8);
    await until(() => reader.messages.length > 0);

    expect(reader.messages.map((message) => message.data.data.n)).toEqual([8]);
    reader.stop();
  });
});
