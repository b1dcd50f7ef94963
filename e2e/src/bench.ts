import type { Bench } from './bench/bench.ts';
import { tftp } from './bench/tftp.ts';

const benches: readonly Bench[] = [tftp];

/** `npm run bench -- <name>`: ends with one JSON object, `ratio` is ours divided by theirs. */
async function main(name: string | undefined): Promise<number> {
  const bench = benches.find((one) => one.name === name);
  if (bench === undefined) {
    const known = benches.map((one) => `  ${one.name}: ${one.description}`).join('\n');
    process.stderr.write(`usage: npm run bench -- <name>\n${known}\n`);
    return 2;
  }
  const { ours, theirs, ...rest } = await bench.run();
  const ratio = Math.round((ours / theirs) * 100) / 100;
  process.stdout.write(`${JSON.stringify({ bench: bench.name, ours, theirs, ratio, ...rest })}\n`);
  return 0;
}

process.exitCode = await main(process.argv[2]);
