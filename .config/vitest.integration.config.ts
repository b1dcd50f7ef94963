import { mergeConfig } from 'vitest/config';
import unit from './vitest.config.ts';

/** Integration tests: root, network namespaces, real clients and daemons. One file at a time, for they share two cores. */
export default {
  ...mergeConfig(unit, {}),
  test: {
    include: [
      '{apps,barclamps}/*/src/**/*.integration.spec.ts',
      '{pxe,prisma,e2e}/src/**/*.integration.spec.ts',
    ],
    exclude: ['**/node_modules/**', '**/dist/**'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
};
