import type { BootEnv, ScriptInput } from '../boot-env.ts';
import { ipxeWords, kernelArgument } from '../encoders/ipxe.ts';
import { bootScript, initrdArguments } from '../ipxe-script.ts';

/** The discovery image: tells what the machine is, then does what it is told. */
export const discovery: BootEnv = {
  name: 'discovery',
  description: 'Finds out what a machine is, wipes disks and writes images',
  kind: 'discovery',
  platform: null,
  script: discoveryScript,
  installFile: null,
};

/** Boots the discovery system with its one-time token. Ours come first: the agent takes the first of a name. */
export function discoveryScript({
  title,
  mac,
  origin,
  files,
  agentToken,
  kernelArguments,
}: ScriptInput): string {
  const words = [
    kernelArgument('halligan.url', origin),
    kernelArgument('halligan.token', agentToken),
    kernelArgument('BOOTIF', `01-${mac.replaceAll(':', '-')}`),
    ...initrdArguments(files.initrds),
    ...ipxeWords('kernel arguments', kernelArguments),
  ];
  return bootScript(title, [
    { command: 'kernel', url: files.kernel, words },
    ...files.initrds.map((url) => ({ command: 'initrd' as const, url })),
  ]);
}
