import { parseArgs } from 'node:util';
import { ensureDiscoveryImage } from '../discovery/index.ts';
import { ensureLocalGrub } from '../loaders/index.ts';
import { ImageError } from './image-error.ts';
import { hostSuite, releaseName } from './package-versions.ts';
import type { BuildProgress } from './progress.ts';
import { ensureRootImage } from './root-image.ts';

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
  const options = { cacheDir: values.cache, flavour, suite: values.suite, onProgress } as const;
  const builders: Record<string, () => Promise<object>> = {
    loaders: async () => ({ localGrub: await ensureLocalGrub(options) }),
    discovery: () => ensureDiscoveryImage(options),
    'debian-12': () => ensureRootImage({ ...options, suite: 'bookworm' }),
    'debian-13': () => ensureRootImage({ ...options, suite: 'trixie' }),
  };
  const chosen =
    what === 'all'
      ? ['loaders', 'discovery', releaseName(values.suite ?? (await hostSuite()))]
      : [what ?? ''];
  for (const name of chosen) {
    const build = builders[name];
    if (!build) {
      process.stderr.write(`${USAGE}\n`);
      return 2;
    }
    process.stdout.write(`${JSON.stringify(await build())}\n`);
  }
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof ImageError)) throw error;
  process.stderr.write(`${error.code}: ${error.message}\n`);
  process.exitCode = 1;
}
