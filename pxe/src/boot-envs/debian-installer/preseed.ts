import type { InstallFacts, InstallInput, PackageSource } from '../boot-env.ts';
import { EncodingError } from '../encoders/encoding-error.ts';
import { preseedComment, preseedLine } from '../encoders/preseed.ts';
import { shellWord } from '../encoders/shell.ts';
import { postInstallScript } from '../post-install/post-install-script.ts';

type Answer = Parameters<typeof preseedLine>;

/** The answers to everything Debian's installer would ask. */
export function preseed(input: InstallInput, codename: string): string {
  const { facts, source } = input;
  const script = postInstallScript(input);
  return `${[
    preseedComment(`Halligan: ${facts.hostname}, ${codename}. Good for one installation.`),
    ...section('Language and clock', localeAnswers(facts)),
    ...section('Mirror', mirrorAnswers(source, codename)),
    ...section('Accounts: root by SSH key only, no password', accountAnswers),
    ...section('Disk: everything on it goes', diskAnswers(facts)),
    ...section('Packages and boot loader', packageAnswers(facts)),
    '',
    '# The last step, run in the installed system (base64 so that no quoting can go wrong on the way):',
    ...script.map((line) => preseedComment(`  ${line}`)),
    preseedLine('d-i', 'preseed/late_command', 'string', lateCommand(script)),
    ...section('Restart by itself', endAnswers),
  ].join('\n')}\n`;
}

function section(title: string, answers: readonly Answer[]): string[] {
  return ['', preseedComment(title), ...answers.map((answer) => preseedLine(...answer))];
}

function localeAnswers({ hostname, domain, timezone, ntp }: InstallFacts): Answer[] {
  return [
    ['d-i', 'debian-installer/locale', 'string', 'en_US.UTF-8'],
    ['d-i', 'keyboard-configuration/xkb-keymap', 'select', 'us'],
    ['d-i', 'netcfg/get_hostname', 'string', hostname],
    ['d-i', 'netcfg/get_domain', 'string', domain],
    ['d-i', 'time/zone', 'string', timezone],
    ['d-i', 'clock-setup/utc', 'boolean', 'true'],
    ['d-i', 'clock-setup/ntp', 'boolean', String(ntp.length > 0)],
    ...(ntp[0] === undefined
      ? []
      : ([['d-i', 'clock-setup/ntp-server', 'string', ntp[0]]] satisfies Answer[])),
  ];
}

function mirrorAnswers(source: PackageSource, codename: string): Answer[] {
  const { host, path } = splitUrl('mirror', source.url);
  const services = [source.securityUrl === null ? '' : 'security', source.updates ? 'updates' : ''].filter(
    Boolean,
  );
  const security = source.securityUrl === null ? null : splitUrl('security mirror', source.securityUrl);
  return [
    ['d-i', 'mirror/country', 'string', 'manual'],
    ['d-i', 'mirror/protocol', 'string', 'http'],
    ['d-i', 'mirror/http/hostname', 'string', host],
    ['d-i', 'mirror/http/directory', 'string', path],
    ['d-i', 'mirror/http/proxy', 'string', source.proxy ?? ''],
    ['d-i', 'mirror/suite', 'string', source.suite ?? codename],
    ['d-i', 'apt-setup/services-select', 'multiselect', services.join(', ')],
    ...(security ? securityAnswers(security) : []),
    // A mirror made for installing seldom has sources, and a node builds nothing.
    ['d-i', 'apt-setup/enable-source-repositories', 'boolean', 'false'],
    ['d-i', 'apt-setup/cdrom/set-first', 'boolean', 'false'],
  ];
}

function securityAnswers({ host, path }: { host: string; path: string }): Answer[] {
  return [
    ['d-i', 'apt-setup/security_host', 'string', host],
    ['d-i', 'apt-setup/security_path', 'string', path],
  ];
}

const accountAnswers: readonly Answer[] = [
  ['d-i', 'passwd/root-login', 'boolean', 'true'],
  // An asterisk is no hash of anything: no password opens this account. An exclamation mark makes the installer ask.
  ['d-i', 'passwd/root-password-crypted', 'password', '*'],
  ['d-i', 'passwd/make-user', 'boolean', 'false'],
];

function diskAnswers({ disk }: InstallFacts): Answer[] {
  return [
    ['d-i', 'partman-auto/disk', 'string', disk],
    ['d-i', 'partman-auto/method', 'string', 'regular'],
    ['d-i', 'partman-auto/choose_recipe', 'select', 'atomic'],
    ['d-i', 'partman-lvm/device_remove_lvm', 'boolean', 'true'],
    ['d-i', 'partman-md/device_remove_md', 'boolean', 'true'],
    ['d-i', 'partman-partitioning/confirm_write_new_label', 'boolean', 'true'],
    ['d-i', 'partman/choose_partition', 'select', 'finish'],
    ['d-i', 'partman/confirm', 'boolean', 'true'],
    ['d-i', 'partman/confirm_nooverwrite', 'boolean', 'true'],
    ['d-i', 'partman-efi/non_efi_system', 'boolean', 'true'],
  ];
}

function packageAnswers({ disk, flavour, kernelArguments }: InstallFacts): Answer[] {
  return [
    ...(flavour === 'cloud' ? [cloudKernel] : []),
    ['d-i', 'base-installer/install-recommends', 'boolean', 'false'],
    ['d-i', 'pkgsel/run_tasksel', 'boolean', 'false'],
    ['d-i', 'pkgsel/include', 'string', 'openssh-server curl ca-certificates sudo'],
    ['d-i', 'pkgsel/upgrade', 'select', 'none'],
    // When a node takes new packages is decided here, not by a timer on the node.
    ['d-i', 'pkgsel/update-policy', 'select', 'none'],
    ['popularity-contest', 'popularity-contest/participate', 'boolean', 'false'],
    ['d-i', 'grub-installer/only_debian', 'boolean', 'true'],
    ['d-i', 'grub-installer/with_other_os', 'boolean', 'false'],
    ['d-i', 'grub-installer/bootdev', 'string', disk],
    ['d-i', 'debian-installer/add-kernel-opts', 'string', kernelArguments],
  ];
}

const cloudKernel: Answer = ['d-i', 'base-installer/kernel/image', 'string', 'linux-image-cloud-amd64'];

const endAnswers: readonly Answer[] = [
  ['d-i', 'finish-install/reboot_in_progress', 'note', ''],
  ['d-i', 'debian-installer/exit/poweroff', 'boolean', 'false'],
];

/** Base64 lines are joined by plain spaces inside one shell word, which base64 passes over. */
function lateCommand(script: readonly string[]): string {
  const encoded = Buffer.from(`${script.join('\n')}\n`, 'utf8').toString('base64');
  const file = '/root/halligan-post-install';
  const run = `base64 -d ${file}.b64 >${file} && sh ${file} && rm ${file} ${file}.b64`;
  return `echo ${shellWord(encoded)} >/target${file}.b64 && in-target sh -c ${shellWord(run)}`;
}

function splitUrl(field: string, url: string): { host: string; path: string } {
  if (!URL.canParse(url)) throw new EncodingError(field, 'write a URL such as http://10.78.0.1:3142/debian');
  const { protocol, host, pathname } = new URL(url);
  if (protocol !== 'http:')
    throw new EncodingError(field, 'the installer needs http: the mirror of the boot plane serves it');
  return { host, path: pathname };
}
