export { isNotFound, isStorageFull, isUniqueViolation, isWriteConflict } from './errors.ts';
export { type FileLock, takeFileLock } from './file-lock.ts';
export type * from './generated/sqlite/client.ts';
export { Prisma } from './generated/sqlite/client.ts';
export { migrate, migrationsDirectory } from './migrate.ts';
export { MigrationError } from './migration-history.ts';
export {
  createDatabase,
  type DatabaseOptions,
  type Db,
  openDatabase,
  type Provider,
  providerOf,
  type Tx,
} from './open.ts';
export { inTransaction } from './transaction.ts';
