import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DATABASES, startTestApi, type TestApi, until } from '../../testing/index.ts';
import { OutboxProcessor } from './outbox.processor.ts';
import { Outbox } from './outbox.ts';
import { OutboxHandlers, PermanentError } from './outbox-handlers.ts';

describe.each(DATABASES)('the outbox on %s', (database) => {
  let api: TestApi;
  let seen: string[];

  beforeEach(async () => {
    api = await startTestApi({ database, worker: true });
    seen = [];
  });
  afterEach(() => api.close());

  /** Has the worker handle a queue of this test's own. */
  function handle(name: string, handler: (id: string, attempt: number) => Promise<void>): void {
    api
      .inWorker(OutboxHandlers)
      .register({ queue: 'test', name }, (payload, job) => handler(String(payload['id']), job.attempt));
    api.inWorker(OutboxProcessor).listenAnew();
  }

  async function add(id: string, more: { name?: string; dedupeKey?: string } = {}): Promise<string> {
    return api.database.transaction((tx) =>
      api.get(Outbox).add(tx, { queue: 'test', name: 'note', payload: { id }, ...more }),
    );
  }

  async function states(): Promise<string[]> {
    const entries = await api.database.db.outboxEntry.findMany({ where: { queue: 'test' } });
    return entries.map((entry) => entry.state);
  }

  it('has work done that a transaction asked for, and none that was rolled back', async () => {
    handle('note', async (id) => void seen.push(id));
    await expect(
      api.database.transaction(async (tx) => {
        await api.get(Outbox).add(tx, { queue: 'test', name: 'note', payload: { id: 'rolled-back' } });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');

    await add('a');

    await until(async () => (await states()).every((state) => state === 'done') && seen.length > 0);
    expect(seen).toEqual(['a']);
  });

  it('loses nothing when Redis is killed and its data is gone', async () => {
    await api.redis.killAndWipe();
    const ids = Array.from({ length: 20 }, (_, n) => `n${n}`);
    for (const id of ids) await add(id);
    handle('note', async (id) => void seen.push(id));
    expect(await states()).toEqual(ids.map(() => 'pending'));

    await api.redis.start();

    await until(async () => (await states()).every((state) => state === 'done'));
    expect([...new Set(seen)].sort()).toEqual([...ids].sort());
  });

  it('does again what was asked for while it ran', async () => {
    let release: () => void = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    handle('note', async (id) => {
      seen.push(id);
      if (seen.length === 1) await gate;
    });
    await add('first', { dedupeKey: 'only-one' });
    await until(() => seen.length === 1);

    await add('second', { dedupeKey: 'only-one' });
    release();

    await until(async () => (await states()).every((state) => state === 'done'));
    expect(seen).toEqual(['first', 'second']);
    expect(await states()).toHaveLength(1);
  });

  it('tries again what failed, but not what cannot succeed', async () => {
    handle('flaky', async (id, attempt) => {
      seen.push(`${id}${attempt}`);
      if (attempt < 3) throw new Error('not yet');
    });
    handle('hopeless', async () => {
      throw new PermanentError('never');
    });

    await add('x', { name: 'flaky' });
    const hopeless = await add('y', { name: 'hopeless' });

    await until(async () => (await states()).sort().join() === 'done,failed');
    expect(seen).toEqual(['x1', 'x2', 'x3']);
    const entry = await api.database.db.outboxEntry.findUnique({ where: { id: hopeless } });
    expect(entry).toMatchObject({ state: 'failed', attempts: 1, error: 'never' });
  });
});
