import { setTimeout as delay } from 'node:timers/promises';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import {
  DriverAdapterError,
  type IsolationLevel,
  isDriverAdapterError,
  type SqlDriverAdapter,
  type SqlDriverAdapterFactory,
  type SqlQuery,
  type SqlResultSet,
  type Transaction,
} from '@prisma/driver-adapter-utils';
import type BetterSqlite3 from 'better-sqlite3';
import { FifoLock } from './fifo-lock.ts';

/** How long a write waits for another process's transaction before it gives up. */
const BUSY_LIMIT_MS = 20_000;

type Connection = SqlDriverAdapter & { client: BetterSqlite3.Database };

/**
 * The stock adapter has one connection, so that any query of the process falls into whichever transaction happens
 * to be open, and is lost when that one rolls back. Here reads have a connection of their own, writes and
 * transactions take turns on another, and a transaction takes the write lock when it begins (BEGIN IMMEDIATE), so
 * that two processes never find out at their second statement that only one of them may go on.
 */
export class SplitSqliteFactory implements SqlDriverAdapterFactory {
  readonly provider = 'sqlite';
  readonly adapterName = '@halligan/db-sqlite';
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async connect(): Promise<SqlDriverAdapter> {
    // The wait for other processes is ours (asynchronous); SQLite's own would stop the event loop.
    const writer = await connection({ url: this.#url, timeout: 0 });
    writer.client.pragma('journal_mode = WAL');
    // A commit survives the death of the process; only loss of power may take the last moments, never the rest.
    writer.client.pragma('synchronous = NORMAL');
    writer.client.pragma('foreign_keys = ON');
    const reader = await connection({ url: this.#url, timeout: 5000 });
    reader.client.pragma('query_only = ON');
    return new SplitSqliteAdapter(writer, reader);
  }
}

/** Migrating makes the file; a mistyped path must not. */
async function connection(options: { url: string; timeout: number }): Promise<Connection> {
  return (await new PrismaBetterSqlite3({ ...options, fileMustExist: true }).connect()) as Connection;
}

class SplitSqliteAdapter implements SqlDriverAdapter {
  readonly provider = 'sqlite';
  readonly adapterName = '@halligan/db-sqlite';
  readonly #writer: Connection;
  readonly #reader: Connection;
  readonly #lock = new FifoLock();

  constructor(writer: Connection, reader: Connection) {
    this.#writer = writer;
    this.#reader = reader;
  }

  queryRaw(query: SqlQuery): Promise<SqlResultSet> {
    if (/^\s*SELECT\b/i.test(query.sql)) return this.#reader.queryRaw(query);
    return this.#lock.run(() => whenFree(() => this.#writer.queryRaw(query)));
  }

  executeRaw(query: SqlQuery): Promise<number> {
    return this.#lock.run(() => whenFree(() => this.#writer.executeRaw(query)));
  }

  executeScript(script: string): Promise<void> {
    return this.#lock.run(() => whenFree(() => this.#writer.executeScript(script)));
  }

  async startTransaction(isolationLevel?: IsolationLevel): Promise<Transaction> {
    if (isolationLevel !== undefined && isolationLevel !== 'SERIALIZABLE') {
      throw new DriverAdapterError({ kind: 'InvalidIsolationLevel', level: isolationLevel });
    }
    const release = await this.#lock.acquire();
    try {
      await whenFree(() => this.#writer.executeRaw(statement('BEGIN IMMEDIATE')));
    } catch (error) {
      release();
      throw error;
    }
    return new ImmediateTransaction(this.#writer, release);
  }

  async dispose(): Promise<void> {
    await this.#lock.run(async () => {
      await this.#reader.dispose();
      await this.#writer.dispose();
    });
  }
}

/** The client sends COMMIT or ROLLBACK itself and then tells us; what is still open by then is undone. */
class ImmediateTransaction implements Transaction {
  readonly provider = 'sqlite';
  readonly adapterName = '@halligan/db-sqlite';
  readonly options = { usePhantomQuery: false };
  readonly #connection: Connection;
  readonly #release: () => void;

  constructor(connection: Connection, release: () => void) {
    this.#connection = connection;
    this.#release = release;
  }

  queryRaw(query: SqlQuery): Promise<SqlResultSet> {
    return this.#connection.queryRaw(query);
  }

  executeRaw(query: SqlQuery): Promise<number> {
    return this.#connection.executeRaw(query);
  }

  async commit(): Promise<void> {
    if (this.#end())
      throw new Error('The transaction was still open after its COMMIT and has been rolled back.');
  }

  async rollback(): Promise<void> {
    this.#end();
  }

  async createSavepoint(name: string): Promise<void> {
    await this.#connection.executeRaw(statement(`SAVEPOINT ${name}`));
  }

  async rollbackToSavepoint(name: string): Promise<void> {
    await this.#connection.executeRaw(statement(`ROLLBACK TO ${name}`));
  }

  async releaseSavepoint(name: string): Promise<void> {
    await this.#connection.executeRaw(statement(`RELEASE SAVEPOINT ${name}`));
  }

  /** True when something was left to undo. */
  #end(): boolean {
    try {
      const open = this.#connection.client.inTransaction;
      if (open) this.#connection.client.exec('ROLLBACK');
      return open;
    } finally {
      this.#release();
    }
  }
}

function statement(sql: string): SqlQuery {
  return { sql, args: [], argTypes: [] };
}

/** Repeats a statement that another process's write lock kept from starting. */
async function whenFree<T>(work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + BUSY_LIMIT_MS;
  for (let pause = 1; ; pause = Math.min(pause * 1.5, 25)) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) throw error;
      await delay(pause + Math.random() * pause);
    }
  }
}

function isBusy(error: unknown): boolean {
  return isDriverAdapterError(error) && error.cause.kind === 'SocketTimeout';
}
