import { fork } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { openDatabase } from './open.ts';
import { DATABASES, newTestDatabase } from './testing/databases.ts';

it.each(DATABASES)(
  'three processes that read, change and write one row lose nothing on %s',
  async (provider) => {
    const store = await newTestDatabase(provider);
    const db = await openDatabase({ url: store.url });
    await db.setting.create({ data: { key: 'counter', value: 0 } });
    const program = new URL('../dist/testing/count-up.js', import.meta.url);
    const processes = [1, 2, 3].map(() =>
      fork(program, [store.url, '60'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }),
    );

    const codes = await Promise.all(processes.map(async (child) => (await once(child, 'exit'))[0]));

    expect(codes).toEqual([0, 0, 0]);
    expect(await db.setting.findUnique({ where: { key: 'counter' } })).toMatchObject({ value: 180 });
    await db.$disconnect();
    store.drop();
  },
);
