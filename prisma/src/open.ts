import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient as PostgresqlClient } from './generated/postgresql/client.ts';
import { type Prisma, PrismaClient } from './generated/sqlite/client.ts';
import { SplitSqliteFactory } from './sqlite-adapter.ts';

/** The database client. Both databases are typed by SQLite's, the smaller set of features. */
export type Db = PrismaClient;

/** What a transaction's callback may use; inside one, nothing else may write. */
export type Tx = Prisma.TransactionClient;

export type Provider = 'sqlite' | 'postgresql';

/** Which database a URL (`file:…`, `postgresql://…`) means. */
export function providerOf(url: string): Provider {
  if (/^postgres(ql)?:/.test(url)) return 'postgresql';
  if (url.startsWith('file:')) return 'sqlite';
  throw new Error(`DATABASE_URL must begin with file: or postgresql:, and does not: ${url.split(':')[0]}:…`);
}

export interface DatabaseOptions {
  url: string;
  /** Size of the PostgreSQL pool; SQLite always has one reader and one writer. */
  connections?: number;
}

/** Connects, and fails now rather than at the first query when the database cannot be reached. */
export async function openDatabase(options: DatabaseOptions): Promise<Db> {
  const db = createDatabase(options);
  await db.$connect();
  await db.$queryRaw`SELECT 1`;
  return db;
}

/** A client that connects at its first query. */
export function createDatabase({ url, connections = 10 }: DatabaseOptions): Db {
  const transactionOptions = { maxWait: 20_000, timeout: 30_000 };
  if (providerOf(url) === 'sqlite')
    return new PrismaClient({ adapter: new SplitSqliteFactory(url), transactionOptions });
  const adapter = new PrismaPg({ connectionString: url, max: connections });
  return new PostgresqlClient({ adapter, transactionOptions }) as unknown as Db;
}
