import type { RootImage } from '@halligan/pxe/images';
import type { InstallParameters } from '../../nodes/install-parameters.ts';
import { Artifacts } from '../artifacts/artifacts.ts';

export type Params = (readonly [string, string])[];

/** What an image installation needs besides the facts of the node. */
export interface InstallImageExtras {
  origin: string;
  image: RootImage;
  firstBootToken: string;
  sshKeys: readonly string[];
  /** Kernel arguments for every node. */
  kernelArguments: string;
  aptProxy: string;
  aptSources: readonly string[];
}

/** The parameters of `install-image`, as the agent reads them. */
export function installImageParams(facts: InstallParameters, extras: InstallImageExtras): Params {
  const { console, rest } = splitConsole(`${extras.kernelArguments} ${facts.consoleArguments}`);
  return [
    ['image', `/agent/image/${Artifacts.imageName(extras.image)}`],
    ['image-sha256', extras.image.sha256],
    ['disk', facts.disk],
    ['firmware', facts.firmware],
    ['hostname', facts.hostname],
    ['address', facts.address],
    ...(facts.gateway === null ? [] : ([['gateway', facts.gateway]] satisfies Params)),
    ...facts.dns.map((server) => ['dns', server] as const),
    ['nic-mac', facts.nicMac],
    ...extras.sshKeys.map((key) => ['ssh-key', key] as const),
    ...(console === null ? [] : ([['console', console]] satisfies Params)),
    ['kernel-args', rest],
    ['apt-proxy', extras.aptProxy],
    ...extras.aptSources.map((source) => ['apt-source', source] as const),
    ['first-boot-url', `${extras.origin}/agent/first-boot`],
    ['first-boot-token', extras.firstBootToken],
    ['timezone', 'Etc/UTC'],
  ];
}

/** The console that counts is the last one named; the rest are plain kernel arguments. */
export function splitConsole(text: string): { console: string | null; rest: string } {
  const words = [...new Set(text.split(/\s+/).filter((word) => word !== ''))];
  const consoles = words.filter((word) => word.startsWith('console='));
  return {
    console: consoles.at(-1)?.slice('console='.length) ?? null,
    rest: words.filter((word) => !word.startsWith('console=')).join(' '),
  };
}
