/** What a boot env is for. */
export type BootEnvKind = 'discovery' | 'local' | 'image' | 'installer';

export type PlatformFamily = 'debian' | 'redhat';

/** The operating system a boot env leaves behind. */
export interface Platform {
  family: PlatformFamily;
  /** As `ID` and `VERSION_ID` of /etc/os-release: `debian-12`. */
  name: string;
  /** The release's code name where package sources use one. */
  codename?: string;
}

/** Kernel, initial file systems, arguments and install file under one name. */
export interface BootEnv {
  name: string;
  description: string;
  kind: BootEnvKind;
  platform: Platform | null;
  /** The iPXE script. @throws EncodingError naming the field that cannot be said */
  script(input: ScriptInput): string;
  /** The install file, where this boot env has one. */
  installFile: ((input: InstallInput) => InstallFileText) | null;
}

/** A file the script fetches; which there are is the choice of whoever keeps the artifacts. */
export interface BootEnvFiles {
  kernel: string;
  initrds: readonly string[];
}

export interface ScriptInput {
  /** Shown on the screen. */
  title: string;
  mac: string;
  /** Where the boot plane is reached, `http://10.78.0.1:8091`. */
  origin: string;
  /** URLs of the kernel and the initial file systems, in order. */
  files: BootEnvFiles;
  /** URL of the GRUB that starts the operating system on a local disk under UEFI; null when there is none. */
  localLoader: string | null;
  agentToken: string;
  installFileUrl: string;
  /** From settings and the node: `console=ttyS0,115200 no_timer_check`. */
  kernelArguments: string;
  /** What the installer needs; null for other kinds. */
  install: { facts: InstallFacts; source: PackageSource } | null;
}

/** What is known of the node that is being installed. */
export interface InstallFacts {
  hostname: string;
  domain: string;
  /** With its prefix length, `10.78.0.21/24`. */
  address: string;
  gateway: string | null;
  dns: readonly string[];
  nicMac: string;
  /** Path of the disk, `/dev/vda`. */
  disk: string;
  firmware: 'bios' | 'uefi';
  /** `cloud`: virtual machines only, with the small kernel Debian has for them. */
  flavour: 'cloud' | 'generic';
  kernelArguments: string;
  timezone: string;
  ntp: readonly string[];
}

/** Where an installer gets packages. */
export interface PackageSource {
  /** Debian: the mirror's root (`http://10.78.0.1:3142/…/debian`); Red Hat: the install tree. */
  url: string;
  /** HTTP proxy, or null to fetch straight. */
  proxy: string | null;
  /** Debian's suite or null for the platform's own. */
  suite: string | null;
  /** Debian: root of the security mirror; null when there is none. */
  securityUrl: string | null;
  /** Whether the suite's `-updates` exists there. */
  updates: boolean;
  /** Red Hat: further repositories by name. */
  repositories: Readonly<Record<string, string>>;
}

/** A file to be put on the installed system. */
export interface PlantedFile {
  path: string;
  mode: number;
  content: string;
}

export interface InstallInput {
  facts: InstallFacts;
  source: PackageSource;
  /** Lines of root's authorized_keys. */
  sshKeys: readonly string[];
  /** URL and token of the installer's one call-back. */
  installed: { url: string; token: string };
  /** The first-boot call-back's script, unit and token. */
  files: readonly PlantedFile[];
  /** Units to enable. */
  units: readonly string[];
}

export interface InstallFileText {
  /** What people call it: preseed, kickstart. */
  format: string;
  contentType: string;
  text: string;
}
