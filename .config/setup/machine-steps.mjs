import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installPackages, missingPackages } from './apt.mjs';
import { aptPackages } from './apt-packages.mjs';
import { run } from './command.mjs';
import { checkKernel } from './kernel-checks.mjs';
import { addonKept, addonWorks, buildAddon, headersPackage } from './native-addon.mjs';
import { installNpmPackages, packagesInstalled } from './npm-packages.mjs';
import { root } from './paths.mjs';

const IMAGES = join(root, 'pxe/dist/images/main.js');

/** What the machine itself must have, for a purpose of apt-packages. */
export function machineSteps(purpose) {
  const addonMissing = !addonWorks() && !addonKept();
  const wanted = [
    ...aptPackages[purpose],
    ...(addonMissing ? [...aptPackages.addon, ...headersPackage()] : []),
  ];
  const missing = missingPackages(wanted);
  return [
    {
      name: 'apt',
      title: 'Debian packages',
      needed: () => missing.length > 0,
      run: (note) => installPackages(missing, note),
    },
    { name: 'kernel', title: 'kernel features', after: ['apt'], run: async () => checkKernel() },
    { name: 'npm', title: 'npm packages', needed: () => !packagesInstalled(), run: installNpmPackages },
    {
      name: 'addon',
      title: 'SQLite addon',
      // It is compiled, and its tools come from apt.
      after: ['npm', 'apt'],
      needed: () => !addonWorks(),
      run: buildAddon,
    },
    {
      name: 'images',
      title: 'discovery and root images',
      after: ['compile', 'apt'],
      needed: () => existsSync(IMAGES),
      run: () => run(process.execPath, [IMAGES, 'all', '--flavour', 'cloud'], { cwd: root }),
    },
  ];
}
