import { installPackages, missingPackages } from './apt.mjs';
import { aptPackages } from './apt-packages.mjs';
import { imagesStep } from './images-step.mjs';
import { checkKernel } from './kernel-checks.mjs';
import { addonKept, addonWorks, buildAddon, headersPackage } from './native-addon.mjs';
import { installNpmPackages, packagesInstalled } from './npm-packages.mjs';

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
    imagesStep,
  ];
}
