import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { execa } from 'execa';
import { parseStanzas } from './stanza.ts';
import { type FirstStage, nameOf } from './udeb-selection.ts';

/** Kernel and initial file system of Debian's network installer, from its package. */
export interface NetbootFiles extends FirstStage {
  readonly kernel: string;
  readonly initrd: string;
}

/** Unpacks the netboot package below `folder` and looks into its initial file system. */
export async function unpackNetboot(
  packagePath: string,
  version: string,
  folder: string,
): Promise<NetbootFiles> {
  const tree = join(folder, 'netboot');
  await mkdir(tree, { recursive: true });
  await execa('dpkg-deb', ['--extract', packagePath, tree]);
  const images = join(tree, `usr/lib/debian-installer/images/${version}/amd64/text/debian-installer/amd64`);
  const initrd = join(images, 'initrd.gz');
  const cpio = join(folder, 'initrd.cpio');
  await pipeline(createReadStream(initrd), createGunzip(), createWriteStream(cpio));
  const args = ['--extract', '--to-stdout', '--quiet', `--file=${cpio}`, 'var/lib/dpkg/status'];
  const { stdout } = await execa('cpio', args);
  const installed = parseStanzas(stdout);
  const kernelVersion = installed.flatMap(
    (udeb) => /^kernel-image-(.+)-di$/.exec(nameOf(udeb))?.[1] ?? [],
  )[0];
  if (kernelVersion === undefined) throw new Error(`${initrd} names no kernel`);
  return {
    kernel: join(images, 'linux'),
    initrd,
    kernelVersion,
    installed: new Set(installed.map(nameOf)),
  };
}
