import { readdirSync, readFileSync } from 'node:fs';

const TYPES = ['String', 'Int', 'BigInt', 'Boolean', 'DateTime', 'Json', 'Float'];

/**
 * What the model files say the tables look like, one line per column and index:
 * `Table.column Type? = default`, `Table unique (a, b)`, `Table index (a, b)`; sorted.
 */
export function schemaOfModels(): string[] {
  const directory = new URL('../../models/', import.meta.url);
  const text = readdirSync(directory)
    .map((file) => readFileSync(new URL(file, directory), 'utf8'))
    .join('\n');
  const lines: string[] = [];
  for (const [, table = '', body = ''] of text.matchAll(/^model (\w+) \{\n(.*?)^\}/gms))
    for (const line of body.split('\n')) lines.push(...describe(table, line.replace(/\/\/.*/, '').trim()));
  return lines.sort();
}

function describe(table: string, line: string): string[] {
  const block = /^@@(unique|index)\(\[([^\]]+)\]/.exec(line);
  if (block !== null) return [`${table} ${block[1]} (${block[2]})`];
  const field = /^(\w+)\s+(\w+)(\?|\[\])?(.*)$/.exec(line);
  if (field === null) return [];
  const [, name, type = '', mark = '', attributes = ''] = field;
  if (!TYPES.includes(type)) return [];
  const found = [`${table}.${name} ${type}${mark}${defaultOf(attributes)}`];
  if (attributes.includes('@unique')) found.push(`${table} unique (${name})`);
  return found;
}

/** Defaults that the database applies; ids are made by the client or by the database's counter. */
function defaultOf(attributes: string): string {
  const value = /@default\((.*?)\)(?:\s|$)/.exec(attributes)?.[1];
  if (value === undefined || /^(uuid|autoincrement)\(/.test(value)) return '';
  return ` = ${value === 'now()' ? 'CURRENT_TIMESTAMP' : value.replace(/^"(.*)"$/, "'$1'")}`;
}
