import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.mjs';
import { root } from './paths.mjs';

/** True when node_modules holds just what the lock file says, for this kind of machine. */
export function packagesInstalled() {
  const installedFile = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const locked = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(installedFile);
  return Object.entries(locked).every(([path, entry]) => path === '' || agrees(path, entry, installed[path]));
}

/** npm keeps its own lock of what it really installed; packages for other kinds of machine are not in it. */
function agrees(path, wanted, got) {
  if (got === undefined) return wanted.optional === true || !path.includes('node_modules/');
  return wanted.version === got.version && wanted.integrity === got.integrity;
}

function readPackages(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages;
}

/** Installs exactly what the lock file says; no package's own script runs. */
export function installNpmPackages() {
  return run('npm', ['ci', '--no-progress'], {
    cwd: root,
    remedy: 'Check that the npm registry can be reached (`npm ping`), then run the command again.',
  });
}
