import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aptOptions } from './apt-options.ts';
import { type AptSource, renderDeb822Sources } from './apt-sources.ts';
import { runCommand } from './run-command.ts';

export interface ExtractOptions {
  suite: string;
  sources: readonly AptSource[];
  packages: readonly string[];
  onLine?: (line: string) => void;
  signal?: AbortSignal | undefined;
}

/** Unpacks packages and all they depend on below a scratch directory, configures nothing, and removes it after `use`. */
export async function withExtractedPackages<T>(
  options: ExtractOptions,
  use: (dir: string) => Promise<T>,
): Promise<T> {
  const scratch = await mkdtemp(join(tmpdir(), 'halligan-packages-'));
  try {
    const sourcesFile = join(scratch, 'debian.sources');
    const dir = join(scratch, 'tree');
    await writeFile(sourcesFile, renderDeb822Sources(options.sources));
    await runCommand(
      'mmdebstrap',
      [
        '--variant=extract',
        `--include=${options.packages.join(',')}`,
        ...(await aptOptions()),
        options.suite,
        dir,
        sourcesFile,
      ],
      { onLine: options.onLine, signal: options.signal },
    );
    return await use(dir);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
