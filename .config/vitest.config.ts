import { defineConfig } from 'vitest/config';

export const conditions = ['@halligan/source', 'module', 'node', 'development|production'];

/** Unit tests: run on sources, need no root, no daemon and no build. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ['@halligan/source', 'node'] } },
  test: {
    include: ['{apps,barclamps}/*/src/**/*.spec.ts', '{pxe,prisma,e2e}/src/**/*.spec.ts'],
    exclude: ['**/*.integration.spec.ts', '**/node_modules/**', '**/dist/**'],
    testTimeout: 20_000,
  },
});
