import type { BootEnv, InstallFacts, ScriptInput } from '../boot-env.ts';
import { ipxeWords, kernelArgument } from '../encoders/ipxe.ts';
import { bootScript, initrdArguments } from '../ipxe-script.ts';
import { splitCidr } from './cidr.ts';
import { preseed } from './preseed.ts';

/** Debian's own installer from its netboot files, unattended by a preseed. */
export function debianInstaller(version: string, codename: string): BootEnv {
  return {
    name: `debian-${version}-installer`,
    description: `Debian ${version} (${codename}) by Debian's installer: slow, any hardware it knows`,
    kind: 'installer',
    platform: { family: 'debian', name: `debian-${version}`, codename },
    script: installerScript,
    installFile: (input) => ({
      format: 'preseed',
      contentType: 'text/plain',
      text: preseed(input, codename),
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
  const words = [
    'auto=true',
    'priority=critical',
    kernelArgument('url', installFileUrl),
    kernelArgument('BOOTIF', `01-${mac.replaceAll(':', '-')}`),
    ...initrdArguments(files.initrds),
    'netcfg/choose_interface=auto',
    ...(install ? networkWords(install.facts) : []),
    'DEBIAN_FRONTEND=text',
    // Lines of text on a serial console, not the windows of a terminal multiplexer.
    'TERM=dumb',
    ...ipxeWords('kernel arguments', kernelArguments),
  ];
  return bootScript(title, [
    { command: 'kernel', url: files.kernel, words },
    ...files.initrds.map((url) => ({ command: 'initrd' as const, url })),
  ]);
}

/** The address must be known before the preseed can be fetched, so it cannot stand in it. */
function networkWords({ address, gateway, dns, hostname, domain }: InstallFacts): string[] {
  const { host, netmask } = splitCidr(address);
  return [
    'netcfg/disable_autoconfig=true',
    kernelArgument('netcfg/get_ipaddress', host),
    kernelArgument('netcfg/get_netmask', netmask),
    kernelArgument('netcfg/get_gateway', gateway ?? 'none'),
    // Without an answer, be it an empty one, it asks.
    kernelArgument('netcfg/get_nameservers', dns[0] ?? ''),
    'netcfg/confirm_static=true',
    kernelArgument('hostname', hostname),
    kernelArgument('domain', domain),
  ];
}
