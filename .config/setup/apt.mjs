import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { run } from './command.mjs';

const POLICY = '/usr/sbin/policy-rc.d';
const SET_ASIDE = `${POLICY}.before-halligan`;
const LISTS = '/var/lib/apt/lists';

/** Which of these packages are not installed. */
export function missingPackages(packages) {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholders
  const format = '${Package} ${db:Status-Status}\n';
  const { stdout } = spawnSync('dpkg-query', ['--show', '-f', format, ...packages], { encoding: 'utf8' });
  const installed = new Set(
    (stdout ?? '')
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
  return packages.filter((name) => !installed.has(name));
}

/** Installs packages; none of the daemons among them is started. */
export async function installPackages(packages, note) {
  return withoutDaemons(async () => {
    if (!hasLists()) await update(note);
    try {
      await install(packages, note);
    } catch {
      // Old lists name files that are no longer there: one fresh look before giving up.
      await update(note);
      await install(packages, note);
    }
  });
}

function hasLists() {
  return existsSync(LISTS) && readdirSync(LISTS).some((name) => /_(?:In)?Release$/.test(name));
}

function update(note) {
  note('package lists');
  return apt(['update'], note);
}

function install(packages, note) {
  return apt(['install', '--yes', '--no-install-recommends', ...packages], note);
}

function apt(words, note) {
  const options = ['-qq', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Dpkg::Use-Pty=0', '-o', 'APT::Status-Fd=3'];
  return run('apt-get', [...options, ...words], {
    env: { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
    letFinish: true,
    onStatus: (line) => note(statusNote(line)),
    remedy: 'Check the network and /etc/apt/sources.list, then run the command again.',
  });
}

/** apt's `dlstatus:1:20.5:text` and `pmstatus:package:40.1:text` as a few words. */
function statusNote(line) {
  const [kind, , percent] = line.split(':');
  return `${kind === 'dlstatus' ? 'fetching' : 'installing'} ${Math.round(Number(percent))} %`;
}

/** While `act` runs, a package's scripts may not start daemons (invoke-rc.d asks policy-rc.d; 101 forbids). */
async function withoutDaemons(act) {
  if (existsSync(POLICY)) renameSync(POLICY, SET_ASIDE);
  writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  process.once('exit', restorePolicy);
  try {
    return await act();
  } finally {
    process.off('exit', restorePolicy);
    restorePolicy();
  }
}

function restorePolicy() {
  rmSync(POLICY, { force: true });
  if (existsSync(SET_ASIDE)) renameSync(SET_ASIDE, POLICY);
}
