import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.mjs';
import { cache, root, stamps } from './paths.mjs';
import { Stamp } from './stamp.mjs';

const PROGRAM = join(root, 'pxe/dist/images/main.js');
const MADE = join(stamps, 'images-made');

/** An image depends on our sources and on the package versions apt knows of; where the cache is decides, too. */
const stamp = new Stamp(
  'images',
  ['pxe/src'],
  [],
  () => `${statSync('/var/lib/apt/lists').mtimeMs} ${cache}`,
);

/** Discovery image, root image and boot loaders for the machines of the lab; kept for all clones. */
export const imagesStep = {
  name: 'images',
  title: 'discovery and root images',
  after: ['compile', 'apt'],
  needed: () => !stamp.fresh() || !madeBefore().every(existsSync),
  run: async (note) => {
    const output = await run(process.execPath, [PROGRAM, 'all', '--flavour', 'cloud'], {
      cwd: root,
      onLine: (line) => note(line.slice(0, 60)),
    });
    stamp.set();
    writeFileSync(MADE, pathsIn(output).join('\n'));
  },
};

function madeBefore() {
  return existsSync(MADE) ? readFileSync(MADE, 'utf8').split('\n') : [''];
}

/** The program says what it made as one JSON object per line; every path in there must exist later. */
function pathsIn(output) {
  const lines = output.split('\n').filter((line) => line.startsWith('{'));
  return lines
    .flatMap((line) => Object.values(JSON.parse(line)))
    .filter((value) => String(value).startsWith('/'));
}
