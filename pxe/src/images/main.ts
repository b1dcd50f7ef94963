import { parseArgs } from 'node:util';
import { ensureDiscoveryImage } from '../discovery/index.ts';
import { ImageError } from './image-error.ts';
import type { BuildProgress } from './progress.ts';

const USAGE = `usage: npm run image -- discovery|debian-12|debian-13|loaders|all [--flavour cloud|generic] [--suite NAME] [--cache DIR] [--json]`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cache: { type: 'string' },
    flavour: { type: 'string', default: 'generic' },
    suite: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

function onProgress({ artifact, step, message }: BuildProgress): void {
  if (!values.json) process.stderr.write(`${artifact}: ${step} ${message}\n`);
}

async function main(): Promise<number> {
  const [what] = positionals;
  const flavour = values.flavour === 'cloud' ? 'cloud' : 'generic';
  if (what !== 'discovery') {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const image = await ensureDiscoveryImage({
    cacheDir: values.cache,
    flavour,
    suite: values.suite,
    onProgress,
  });
  process.stdout.write(`${values.json ? JSON.stringify(image) : image.dir}\n`);
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof ImageError)) throw error;
  process.stderr.write(`${error.code}: ${error.message}\n`);
  process.exitCode = 1;
}
