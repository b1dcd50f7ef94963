import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !/\.spec\.ts$|(^|\/)testing\//.test(name))
  .map((name) => ({ name, text: readFileSync(root + name, 'utf8') }));

/** Files whose text matches, but for those that may. */
function offenders(pattern: RegExp, allowed: RegExp): string[] {
  return files.filter(({ name, text }) => pattern.test(text) && !allowed.test(name)).map(({ name }) => name);
}

describe('house rules that imports do not show', () => {
  it('queries are in *.repository.ts', () => {
    const query =
      /\b(tx|db)\.[a-z]\w+\s*\.(create|createMany|update|updateMany|upsert|delete|deleteMany|find\w+|count|aggregate|groupBy)\(/;
    expect(offenders(query, /\.repository\.ts$|^shared\/(audit|database\/require-tables)\.ts$/)).toEqual([]);
  });

  it('the environment is read in config.ts only', () => {
    expect(offenders(/\bprocess\.env\b/, /(^|\/)config\.ts$/)).toEqual([]);
  });

  it('no shell is given a string', () => {
    expect(offenders(/\bshell:\s*true\b|\bexecSync\(|\bexec\(\s*`/, /^$/)).toEqual([]);
  });
});
