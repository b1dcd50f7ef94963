import SqliteConnection from 'better-sqlite3';
import pg from 'pg';

/** How many statements this process sends to either database while `work` runs. */
export async function countStatements(work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const tally = () => {
    count += 1;
  };
  const restore = [
    intercept(SqliteConnection.prototype as object, 'prepare', tally),
    intercept(pg.Client.prototype as object, 'query', tally),
  ];
  try {
    await work();
  } finally {
    for (const undo of restore) undo();
  }
  return count;
}

function intercept(prototype: object, method: string, tally: () => void): () => void {
  const original: unknown = Reflect.get(prototype, method);
  if (typeof original !== 'function') throw new Error(`The driver has no method ${method} any more.`);
  Reflect.set(prototype, method, function (this: unknown, ...args: unknown[]) {
    tally();
    return Reflect.apply(original, this, args);
  });
  return () => Reflect.set(prototype, method, original);
}
