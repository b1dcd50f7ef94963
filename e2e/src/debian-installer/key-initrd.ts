import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';

/** Where the installer looks for the key of the archive it installs from, before it takes Debian's. */
const INSTALLER_KEYRING = 'usr/share/keyrings/archive.gpg';
const HOOK = 'usr/lib/base-installer.d/10halligan-repository-key';

/** Runs after the base system was unpacked and before its apt is first used. */
const HOOK_TEXT = `#!/bin/sh
set -e
mkdir -p /target/etc/apt/trusted.gpg.d
cp /${INSTALLER_KEYRING} /target/etc/apt/trusted.gpg.d/halligan-repository.gpg
`;

/** Writes a further initial file system that makes installer and installed system trust a repository's key. */
export async function writeKeyInitrd(publicKey: Uint8Array, target: string): Promise<void> {
  const tree = `${target}.tree`;
  const files: [string, string | Uint8Array, number][] = [
    [INSTALLER_KEYRING, publicKey, 0o644],
    [HOOK, HOOK_TEXT, 0o755],
  ];
  const names = new Set<string>();
  for (const [path, content, mode] of files) {
    await mkdir(dirname(join(tree, path)), { recursive: true });
    await writeFile(join(tree, path), content);
    await chmod(join(tree, path), mode);
    for (const name of [...parents(path), path]) names.add(name);
  }
  const args = ['--create', '--format=newc', '--quiet', '--owner=0:0', `--file=${target}`];
  await execa('cpio', args, { cwd: tree, input: `${[...names].join('\n')}\n` });
  await rm(tree, { recursive: true });
}

function parents(path: string): string[] {
  const above = dirname(path);
  return above === '.' ? [] : [...parents(above), above];
}
