import type { BootEnv, InstallFacts, ScriptInput } from '../boot-env.ts';
import { splitCidr } from '../debian-installer/cidr.ts';
import { EncodingError } from '../encoders/encoding-error.ts';
import { ipxeWords, kernelArgument } from '../encoders/ipxe.ts';
import { bootScript, initrdArguments } from '../ipxe-script.ts';
import { kickstart } from './kickstart.ts';

/** Anaconda from an install tree, unattended by a kickstart. `platform` is `ID-VERSION_ID` of os-release. */
export function kickstartInstaller(platform: string, title: string): BootEnv {
  return {
    name: `${platform}-installer`,
    description: `${title} by its own installer, from an install tree you provide`,
    kind: 'installer',
    platform: { family: 'redhat', name: platform },
    script: installerScript,
    installFile: (input) => ({
      format: 'kickstart',
      contentType: 'text/plain',
      text: kickstart(input, platform),
    }),
  };
}

function installerScript({
  title,
  mac,
  files,
  installFileUrl,
  kernelArguments,
  install,
}: ScriptInput): string {
  if (!install)
    throw new EncodingError('install', 'an installer needs to know its node and its install tree');
  const { facts, source } = install;
  const words = [
    ...initrdArguments(files.initrds),
    kernelArgument('inst.ks', installFileUrl),
    kernelArgument('inst.stage2', source.url),
    ...(source.proxy === null ? [] : [kernelArgument('inst.proxy', source.proxy)]),
    'inst.text',
    kernelArgument('ip', ipArgument(facts)),
    ...facts.dns.map((server) => kernelArgument('nameserver', server)),
    kernelArgument('ifname', `boot0:${mac}`),
    ...ipxeWords('kernel arguments', kernelArguments),
  ];
  return bootScript(title, [
    { command: 'kernel', url: files.kernel, words },
    ...files.initrds.map((url) => ({ command: 'initrd' as const, url })),
  ]);
}

/** dracut.cmdline(7): ip=<client>:<peer>:<gateway>:<netmask>:<hostname>:<interface>:none */
function ipArgument({ address, gateway, hostname }: InstallFacts): string {
  const { host, netmask } = splitCidr(address);
  return `${host}::${gateway ?? ''}:${netmask}:${hostname}:boot0:none`;
}
