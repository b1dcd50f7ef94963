#!/usr/bin/env node
// `npm run check`: types, lint and format, import boundaries, unit tests. The last line counts what passed and failed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (path) => join(root, 'node_modules', path);
const totals = { passed: 0, failed: 0 };

/** Runs one check as one test. */
function check(name, args) {
  const started = Date.now();
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  const ok = status === 0;
  totals[ok ? 'passed' : 'failed'] += 1;
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  return ok;
}

/** Runs vitest and adds its tests to the totals; a run that reports nothing counts as one failure. */
function vitest(name, config) {
  const dir = mkdtempSync(join(tmpdir(), 'halligan-vitest-'));
  const report = join(dir, 'report.json');
  const args = [bin('vitest/vitest.mjs'), 'run', '--config', config, '--reporter=default', '--reporter=json'];
  const { status } = spawnSync(process.execPath, [...args, `--outputFile.json=${report}`], {
    cwd: root,
    stdio: 'inherit',
  });
  try {
    const { numPassedTests, numFailedTests, numTotalTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
    totals.passed += numPassedTests;
    totals.failed += numFailedTests;
    if (status !== 0 && numFailedTests === 0) totals.failed += 1;
    if (numTotalTestSuites === 0) totals.failed += 1;
  } catch (error) {
    console.error(`${name} left no report: ${error.message}`);
    totals.failed += 1;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const suites = process.argv.includes('--integration') ? ['integration'] : ['check'];
if (suites.includes('check')) {
  const typed = check('types', [bin('typescript7/bin/tsc'), '-b']);
  check('types of the dashboard', [bin('typescript7/bin/tsc'), '--noEmit', '-p', 'apps/dashboard']);
  check('lint and format', [bin('@biomejs/biome/bin/biome'), 'ci', '.']);
  check('import boundaries', [
    bin('dependency-cruiser/bin/dependency-cruise.mjs'),
    '--config',
    '.dependency-cruiser.cjs',
    'apps',
    'barclamps',
    'pxe',
    'prisma',
    'e2e',
  ]);
  if (typed) vitest('unit', '.config/vitest.config.ts');
} else {
  vitest('integration', '.config/vitest.integration.config.ts');
}
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed === 0 ? 0 : 1;
