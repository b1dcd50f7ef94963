import type { Db, Provider } from '../open.ts';

interface Column {
  table: string;
  column: string;
  type: string;
  required: unknown;
  default: string | null;
}

interface Index {
  table: string;
  kind: string;
  columns: string;
}

const TYPES: Record<string, string> = {
  TEXT: 'String',
  INTEGER: 'Int',
  BIGINT: 'BigInt',
  BOOLEAN: 'Boolean',
  DATETIME: 'DateTime',
  'TIMESTAMP WITHOUT TIME ZONE': 'DateTime',
  JSONB: 'Json',
  REAL: 'Float',
  'DOUBLE PRECISION': 'Float',
};

/** What the tables do look like, written as `schemaOfModels` writes it. */
export async function schemaOfDatabase(db: Db, provider: Provider): Promise<string[]> {
  const columns = await (provider === 'sqlite' ? sqliteColumns(db) : postgresqlColumns(db));
  const indexes = await (provider === 'sqlite' ? sqliteIndexes(db) : postgresqlIndexes(db));
  const ours = ({ table }: { table: string }) => !table.startsWith('_') && !table.startsWith('sqlite_');
  return [
    ...columns.filter(ours).map((each) => {
      const type = TYPES[each.type.toUpperCase()] ?? each.type;
      return `${each.table}.${each.column} ${type}${Number(each.required) ? '' : '?'}${defaultOf(each.default)}`;
    }),
    ...indexes.filter(ours).map((each) => `${each.table} ${each.kind} (${each.columns})`),
  ].sort();
}

function defaultOf(value: string | null): string {
  return value === null || value.startsWith('nextval') ? '' : ` = ${value.replace(/::text$/, '')}`;
}

function sqliteColumns(db: Db): Promise<Column[]> {
  return db.$queryRaw<Column[]>`SELECT m.name AS "table", c.name AS "column", c.type AS "type",
    (c."notnull" OR c.pk) AS "required", c.dflt_value AS "default"
    FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'`;
}

function postgresqlColumns(db: Db): Promise<Column[]> {
  return db.$queryRaw<Column[]>`SELECT table_name::text AS "table", column_name::text AS "column",
    data_type::text AS "type", is_nullable = 'NO' AS "required", column_default::text AS "default"
    FROM information_schema.columns WHERE table_schema = 'public'`;
}

function sqliteIndexes(db: Db): Promise<Index[]> {
  return db.$queryRaw<
    Index[]
  >`SELECT m.name AS "table", CASE i."unique" WHEN 1 THEN 'unique' ELSE 'index' END AS "kind",
    (SELECT group_concat(name, ', ') FROM pragma_index_info(i.name)) AS "columns"
    FROM sqlite_master m JOIN pragma_index_list(m.name) i WHERE m.type = 'table' AND i.origin <> 'pk'`;
}

function postgresqlIndexes(db: Db): Promise<Index[]> {
  return db.$queryRaw<Index[]>`SELECT t.relname::text AS "table",
    CASE WHEN x.indisunique THEN 'unique' ELSE 'index' END AS "kind",
    (SELECT string_agg(a.attname, ', ' ORDER BY k.place) FROM unnest(x.indkey) WITH ORDINALITY AS k(number, place)
      JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number) AS "columns"
    FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
    WHERE n.nspname = 'public' AND NOT x.indisprimary`;
}
