// Generates the two database clients (prisma/src/generated). Part of set-up; needs no network.
//
// Prisma's command line resolves its schema engine before every command, also for `generate`, which does not use it.
// Any executable satisfies it, so this one command gets a stand-in; nothing else may run with that variable set.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const cli = join(dirname(createRequire(import.meta.url).resolve('prisma/package.json')), 'build/index.js');

for (const url of ['file:unused.db', 'postgresql://unused@localhost/unused']) {
  const done = spawnSync(process.execPath, [cli, 'generate', '--config', join(here, 'prisma.config.ts')], {
    cwd: dirname(here),
    env: {
      ...process.env,
      DATABASE_URL: url,
      PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true',
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
    encoding: 'utf8',
  });
  if (done.status !== 0) {
    process.stderr.write(`${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}\n`);
    process.exit(1);
  }
}
