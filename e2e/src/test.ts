import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Totals } from './harness/run-scenario.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const COUNT = /^(\d+) passed, (\d+) failed$/;

/** `npm test`: check, integration and the quick scenarios one after the other; the last line counts them all. */
async function main(): Promise<void> {
  const totals: Totals = { passed: 0, failed: 0 };
  for (const [name, args] of [
    ['check', ['.config/check.mjs']],
    ['integration', ['.config/check.mjs', '--integration']],
    ['quick scenarios', ['e2e/dist/e2e.js', '--quick']],
  ] as const) {
    const started = Date.now();
    const part = await runPart(args);
    totals.passed += part.passed;
    totals.failed += part.failed;
    const took = Math.round((Date.now() - started) / 1000);
    process.stdout.write(`\n=== ${name}: ${part.passed} passed and ${part.failed} failed in ${took} s\n\n`);
  }
  process.stdout.write(`${totals.passed} passed, ${totals.failed} failed\n`);
  process.exitCode = totals.failed === 0 ? 0 : 1;
}

/** Runs one program of ours and believes its last line only when its exit code agrees. */
function runPart(args: readonly string[]): Promise<Totals> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    let tail = '';
    child.stdout.on('data', (chunk: Buffer) => {
      process.stdout.write(chunk);
      tail = (tail + chunk.toString()).slice(-2000);
    });
    child.once('error', reject);
    child.once('close', (code) => {
      const counted = COUNT.exec(tail.trimEnd().split('\n').at(-1) ?? '');
      const passed = Number(counted?.[1] ?? 0);
      const failed = Number(counted?.[2] ?? 0);
      resolve({ passed, failed: code !== 0 && failed === 0 ? 1 : failed });
    });
  });
}

await main();
