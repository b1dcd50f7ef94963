// Which part may import which. Imports go one way; news travels upwards as events.

/** Features of the server and the other features each may import; `shared` and `config.ts` are open to all. */
const FEATURES = {
  shared: [],
  ssh: [],
  hardware: [],
  networks: [],
  identity: [],
  audit: [],
  system: [],
  events: ['identity'],
  catalogue: [],
  nodes: ['hardware', 'networks', 'ssh'],
  proposals: ['catalogue', 'nodes', 'networks'],
  runs: ['proposals', 'catalogue', 'nodes', 'networks', 'ssh'],
  netboot: ['nodes', 'networks'],
  supervisor: ['identity'],
};

const SERVER = '^apps/server/src/';
const TESTS = '\\.spec\\.ts$|^apps/server/src/testing/|/testing/';

const featureRules = Object.entries(FEATURES).map(([name, allowed]) => ({
  name: `server-${name}`,
  comment: `${name} may import ${['shared', ...allowed].join(', ')} and itself.`,
  severity: 'error',
  from: { path: `${SERVER}${name}/`, pathNot: TESTS },
  to: {
    path: `${SERVER}[^/]+/`,
    pathNot: `${SERVER}(${[name, 'shared', ...allowed].join('|')})/`,
  },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle has no first file to read.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unknown',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: { pathNot: '^apps/dashboard/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'clients-know-only-the-api',
      comment:
        'Dashboard, command line and end-to-end tests see the server through its generated client; tests also start the lab.',
      severity: 'error',
      from: { path: '^(apps/(dashboard|cli)|e2e)/' },
      to: {
        path: '^(apps|pxe|prisma|barclamps)/',
        pathNot: '^apps/(api-client|lab)/|^apps/(dashboard|cli)/',
      },
    },
    {
      name: 'dashboard-and-cli-are-apart',
      severity: 'error',
      from: { path: '^apps/(dashboard|cli)/' },
      to: { path: '^apps/(dashboard|cli|lab)/', pathNot: ['^apps/$1/', '^apps/lab/'] },
    },
    {
      name: 'api-client-stands-alone',
      severity: 'error',
      from: { path: '^apps/api-client/' },
      to: { path: '^(apps|pxe|prisma|barclamps|e2e)/', pathNot: '^apps/api-client/' },
    },
    {
      name: 'protocols-and-barclamps-know-no-app',
      comment: 'pxe and barclamps import nothing from apps, and no Nest, no Prisma.',
      severity: 'error',
      from: { path: '^(pxe|barclamps)/' },
      to: { path: '^(apps|prisma|e2e)/|node_modules/@(nestjs|prisma)/' },
    },
    {
      name: 'pxe-knows-no-barclamp',
      severity: 'error',
      from: { path: '^pxe/' },
      to: { path: '^barclamps/' },
    },
    {
      name: 'a-barclamp-imports-itself-sdk-zod',
      severity: 'error',
      from: { path: '^barclamps/(?!sdk/)([^/]+)/', pathNot: TESTS },
      to: {
        path: '.',
        pathNot: ['^barclamps/$1/', '^barclamps/sdk/', '(^|/)node_modules/zod/'],
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'prisma-behind-its-package',
      comment: 'Everybody else imports @halligan/db.',
      severity: 'error',
      from: { pathNot: '^prisma/' },
      to: { path: 'node_modules/(@prisma|better-sqlite3|pg)/|^prisma/src/generated/' },
    },
    {
      name: 'database-only-in-repositories',
      comment:
        'Repositories and shared/database open it; the entry points of a process migrate it; types may go anywhere.',
      severity: 'error',
      from: {
        path: SERVER,
        pathNot: [
          TESTS,
          '\\.repository\\.ts$',
          '^apps/server/src/(shared|supervisor)/',
          '^apps/server/src/config\\.ts$',
        ],
      },
      to: { path: '^prisma/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'queues-only-in-queues-and-processors',
      severity: 'error',
      from: { path: SERVER, pathNot: [TESTS, '\\.(queue|processor)\\.ts$'] },
      to: { path: 'node_modules/bullmq/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'ssh-only-in-ssh',
      comment: 'The supervisor makes the key pair with the same library.',
      severity: 'error',
      from: {
        path: SERVER,
        pathNot: [
          TESTS,
          '^apps/server/src/ssh/',
          '^apps/server/src/supervisor/(first-secrets|new-ssh-key)\\.ts$',
        ],
      },
      to: { path: 'node_modules/(node-ssh|ssh2)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nothing-imports-an-entry-point',
      severity: 'error',
      from: {},
      to: { path: '^apps/server/src/main\\.' },
    },
    {
      name: 'tests-are-not-imported',
      severity: 'error',
      from: { pathNot: [TESTS, '^e2e/', '^barclamps/sdk/'] },
      to: { path: '\\.spec\\.ts$|^apps/server/src/testing/' },
    },
    ...featureRules,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(?!node_modules/).*/(dist|out|\\.next|generated)/|\\.integration\\.spec\\.ts$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@halligan/source', 'import', 'module', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
