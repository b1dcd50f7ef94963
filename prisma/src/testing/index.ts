export { countStatements } from './count-statements.ts';
export { DATABASES, newTestDatabase, type TestDatabase } from './databases.ts';
export { findPostgresql, type PrivatePostgresql, startPostgresql } from './postgresql.ts';
