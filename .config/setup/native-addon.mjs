import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './command.mjs';
import { cache, root } from './paths.mjs';
import { Problem } from './problem.mjs';

const ADDON = join(root, 'node_modules/better-sqlite3');
const BINARY = join(ADDON, 'build/Release/better_sqlite3.node');

/** True when the SQLite addon opens a database under this very Node. */
export function addonWorks() {
  if (!existsSync(BINARY)) return false;
  const code = "require('better-sqlite3')(':memory:').close()";
  return spawnSync(process.execPath, ['-e', code], { cwd: root }).status === 0;
}

/** True when an earlier build for this Node and this addon is kept on this machine. */
export function addonKept() {
  return existsSync(keptBinary());
}

/** Takes the kept build, or compiles one against headers that are here already and keeps it. */
export async function buildAddon(note) {
  if (addonKept()) {
    mkdirSync(dirname(BINARY), { recursive: true });
    copyFileSync(keptBinary(), BINARY);
    if (addonWorks()) return;
  }
  note('compiling');
  await run('npm', ['rebuild', 'better-sqlite3'], {
    cwd: root,
    env: {
      npm_config_ignore_scripts: 'false',
      npm_config_build_from_source: 'true',
      npm_config_nodedir: headersPrefix(),
    },
    remedy: 'A C++ compiler, make and python3 are needed: apt-get install g++ make python3',
  });
  if (!addonWorks())
    throw new Problem(
      'better-sqlite3 was built but does not run',
      'Remove node_modules and run the command again.',
    );
  mkdirSync(dirname(keptBinary()), { recursive: true });
  copyFileSync(BINARY, keptBinary());
}

/** The name says everything a binary depends on: addon, Node's ABI, processor, C library. */
function keptBinary() {
  const { version } = existsSync(ADDON)
    ? JSON.parse(readFileSync(join(ADDON, 'package.json'), 'utf8'))
    : lockedAddon();
  const glibc = process.report.getReport().header.glibcVersionRuntime;
  const name = `better-sqlite3-${version}-abi${process.versions.modules}-${process.arch}-glibc${glibc}.node`;
  return join(cache, 'addons', name);
}

function lockedAddon() {
  return JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages[
    'node_modules/better-sqlite3'
  ];
}

/** The folder whose include/node holds the headers of the running Node; they are never downloaded. */
function headersPrefix() {
  const prefixes = [process.env.npm_config_nodedir, dirname(dirname(process.execPath)), '/usr/local', '/usr'];
  const found = prefixes.find((prefix) => prefix !== undefined && headersMatch(prefix));
  if (found !== undefined) return found;
  throw new Problem(
    `no headers of Node ${process.versions.node} on this machine`,
    "Install them: with Debian's own Node `apt-get install libnode-dev`, otherwise a Node that brings include/node.",
  );
}

/** True when the headers under this prefix belong to the ABI of the running Node. */
export function headersMatch(prefix) {
  const header = join(prefix, 'include/node/node_version.h');
  if (!existsSync(header)) return false;
  const text = readFileSync(header, 'utf8');
  const major = /#define NODE_MAJOR_VERSION (\d+)/.exec(text)?.[1];
  return major === process.versions.node.split('.')[0];
}

/** Debian's package of headers, when the running Node is Debian's and its headers are not there. */
export function headersPackage() {
  const here = [dirname(dirname(process.execPath)), '/usr/local', '/usr', process.env.npm_config_nodedir];
  if (here.some((prefix) => prefix !== undefined && headersMatch(prefix))) return [];
  const debian = spawnSync('dpkg-query', ['--search', process.execPath], { encoding: 'utf8' });
  return debian.stdout?.startsWith('nodejs:') ? ['libnode-dev'] : [];
}
