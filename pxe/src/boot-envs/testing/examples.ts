import type { InstallFacts, InstallInput, PackageSource, ScriptInput } from '../boot-env.ts';

/** A node being installed, as the goldens show it. */
export const facts: InstallFacts = {
  hostname: 'node-1',
  domain: 'example.test',
  address: '10.78.0.21/24',
  gateway: '10.78.0.1',
  dns: ['10.78.0.1'],
  nicMac: '52:54:00:78:00:01',
  disk: '/dev/vda',
  firmware: 'bios',
  flavour: 'generic',
  kernelArguments: 'console=ttyS0,115200',
  timezone: 'Etc/UTC',
  ntp: ['10.78.0.1'],
};

export const debianSource: PackageSource = {
  url: 'http://mirror.example.test/debian',
  proxy: 'http://10.78.0.1:3142',
  suite: null,
  securityUrl: 'http://mirror.example.test/debian-security',
  updates: true,
  repositories: {},
};

export const redhatSource: PackageSource = {
  url: 'http://10.78.0.1:8091/trees/9/BaseOS/x86_64/os/',
  proxy: null,
  suite: null,
  securityUrl: null,
  updates: false,
  repositories: { AppStream: 'http://10.78.0.1:8091/trees/9/AppStream/x86_64/os/' },
};

const boot = 'http://10.78.0.1:8091/boot/BOOT-TOKEN';

export function scriptInput(change: Partial<ScriptInput> = {}): ScriptInput {
  return {
    title: 'node-1 boots',
    mac: '52:54:00:78:00:01',
    origin: 'http://10.78.0.1:8091',
    files: { kernel: `${boot}/f/vmlinuz`, initrds: [`${boot}/f/initrd.img`] },
    localLoader: `${boot}/f/grub-local.efi`,
    agentToken: 'AGENT-TOKEN',
    installFileUrl: `${boot}/install-file`,
    kernelArguments: 'console=ttyS0,115200 no_timer_check',
    install: null,
    ...change,
  };
}

export function installInput(change: Partial<InstallInput> = {}): InstallInput {
  return {
    facts,
    source: debianSource,
    sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample halligan'],
    installed: { url: 'http://10.78.0.1:8091/agent/installed', token: 'INSTALL-TOKEN' },
    files: [
      { path: '/etc/halligan/first-boot.token', mode: 0o600, content: 'FIRST-BOOT-TOKEN\n' },
      {
        path: '/etc/systemd/system/halligan-first-boot.service',
        mode: 0o644,
        content: "[Service]\nExecStart=/bin/sh -c 'echo 100%'\n",
      },
    ],
    units: ['halligan-first-boot.service'],
    ...change,
  };
}
