import type { InstallFacts, InstallInput, PackageSource } from '../boot-env.ts';
import { splitCidr } from '../debian-installer/cidr.ts';
import { kickstartOption, kickstartSection, kickstartWord } from '../encoders/kickstart.ts';
import { callBack, postInstallScript } from '../post-install/post-install-script.ts';

/** The answers to everything Anaconda would ask. */
export function kickstart(input: InstallInput, platform: string): string {
  const { facts, source, sshKeys } = input;
  return `${[
    `# Halligan: ${platform}. Good for one installation.`,
    'text',
    'reboot',
    'lang en_US.UTF-8',
    'keyboard us',
    command('timezone', [kickstartWord('timezone', facts.timezone), '--utc']),
    ...facts.ntp.map((server) => command('timesource', [kickstartOption('ntp-server', server)])),
    ...network(facts),
    ...packageSources(source),
    // No password opens root's account; the keys below do.
    'rootpw --lock',
    ...sshKeys.map((key) => command('sshkey', ['--username=root', kickstartWord('SSH key', key)])),
    'selinux --enforcing',
    'firewall --enabled --ssh',
    'services --enabled=sshd,chronyd',
    'firstboot --disable',
    'skipx',
    ...(platform.startsWith('rhel-') ? ['eula --agreed'] : []),
    ...disk(facts),
    '',
    ...kickstartSection('%packages', ['@^minimal-environment', 'chrony', 'curl', 'openssh-server']),
    '',
    ...kickstartSection(
      '%post --erroronfail --log=/root/halligan-post-install.log',
      postInstallScript({ ...input, sshKeys: [] }),
    ),
    '',
    ...kickstartSection('%onerror', callBack(input.installed, 'failed')),
  ].join('\n')}\n`;
}

function network({ address, gateway, dns, nicMac, hostname, domain }: InstallFacts): string[] {
  const { host, netmask } = splitCidr(address);
  return [
    command('network', [
      '--bootproto=static',
      kickstartOption('device', nicMac),
      kickstartOption('ip', host),
      kickstartOption('netmask', netmask),
      ...(gateway === null ? ['--nodefroute'] : [kickstartOption('gateway', gateway)]),
      ...(dns.length === 0 ? ['--nodns'] : [kickstartOption('nameserver', dns.join(','))]),
      kickstartOption('hostname', domain === '' ? hostname : `${hostname}.${domain}`),
      '--activate',
    ]),
  ];
}

function packageSources({ url, proxy, repositories }: PackageSource): string[] {
  const through = proxy === null ? [] : [kickstartOption('proxy', proxy)];
  return [
    command('url', [kickstartOption('url', url), ...through]),
    ...Object.entries(repositories).map(([name, baseurl]) =>
      command('repo', [kickstartOption('name', name), kickstartOption('baseurl', baseurl), ...through]),
    ),
  ];
}

function disk({ disk: path, kernelArguments }: InstallFacts): string[] {
  const name = path.replace(/^\/dev\//, '');
  return [
    'zerombr',
    command('ignoredisk', [kickstartOption('only-use', name)]),
    command('clearpart', ['--all', '--initlabel', kickstartOption('drives', name)]),
    'autopart --type=plain --nohome',
    command('bootloader', [
      kickstartOption('boot-drive', name),
      ...(kernelArguments === '' ? [] : [kickstartOption('append', kernelArguments)]),
    ]),
  ];
}

function command(name: string, words: readonly string[]): string {
  return [name, ...words].join(' ');
}
