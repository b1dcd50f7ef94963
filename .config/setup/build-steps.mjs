import { join } from 'node:path';
import { run } from './command.mjs';
import { root } from './paths.mjs';
import { Stamp } from './stamp.mjs';

const node = (args, remedy) => run(process.execPath, args, { cwd: root, remedy });

const database = new Stamp(
  'database-clients',
  ['prisma/models', 'prisma/generate.mjs', 'prisma/prisma.config.ts', 'prisma/sqlite', 'prisma/postgresql'],
  ['prisma/src/generated'],
);

const dashboard = new Stamp(
  'dashboard',
  ['apps/dashboard', 'apps/api-client/src', 'package-lock.json'],
  ['apps/dashboard/out/index.html'],
);

/** From sources to programs that run; needs the npm packages and nothing else. */
export const buildSteps = [
  {
    name: 'database-clients',
    title: 'database clients',
    after: ['npm'],
    needed: () => !database.fresh(),
    run: async () => {
      await node(['prisma/generate.mjs']);
      database.set();
    },
  },
  {
    name: 'compile',
    title: 'TypeScript',
    after: ['npm', 'database-clients'],
    run: () => node([join(root, 'node_modules/typescript7/bin/tsc'), '-b'], 'Mend the errors above.'),
  },
  {
    name: 'dashboard',
    title: 'dashboard',
    after: ['compile'],
    needed: () => !dashboard.fresh(),
    run: async () => {
      await run(process.execPath, [join(root, 'node_modules/next/dist/bin/next'), 'build'], {
        cwd: join(root, 'apps/dashboard'),
        env: { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
      });
      await run(process.execPath, [join(root, 'apps/dashboard/build/seal-scripts.mjs')]);
      dashboard.set();
    },
  },
];
