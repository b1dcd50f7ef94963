import { readFileSync } from 'node:fs';

/** The version of this server, as in its package. */
export const VERSION: string = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
).version;
