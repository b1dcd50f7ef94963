import { encodeLines } from '@halligan/pxe/boot';
import { expect, it } from 'vitest';
import { installImageParams, splitConsole } from './install-image-params.ts';

const facts = {
  hostname: 'node-1',
  bootEnv: 'debian-12',
  disk: '/dev/vda',
  address: '10.78.0.21/24',
  gateway: null,
  dns: ['10.78.0.1'],
  nicMac: '52:54:00:78:00:01',
  firmware: 'uefi' as const,
  arch: 'x86_64',
  consoleArguments: 'console=ttyS1,9600 nosmt',
};

it('tells the agent everything an installation needs, one value a line', () => {
  const params = installImageParams(facts, {
    origin: 'http://10.78.0.1:8091',
    image: { path: '/x', sha256: 'ab', sizeBytes: 1, hash: 'c4a60a31', name: 'debian-12' },
    firstBootToken: 'TOKEN',
    sshKeys: ['ssh-ed25519 AAAA halligan'],
    kernelArguments: 'console=ttyS0,115200 no_timer_check',
    aptProxy: 'http://10.78.0.1:3142',
    aptSources: [
      'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://mirror.example.test/debian bookworm main',
    ],
  });
  expect(encodeLines(params)).toBe(`image=/agent/image/debian-12-c4a60a31.img.zst
image-sha256=ab
disk=/dev/vda
firmware=uefi
hostname=node-1
address=10.78.0.21/24
dns=10.78.0.1
nic-mac=52:54:00:78:00:01
ssh-key=ssh-ed25519 AAAA halligan
console=ttyS1%2C9600
kernel-args=no_timer_check nosmt
apt-proxy=http://10.78.0.1:3142
apt-source=deb %5Bsigned-by%3D/usr/share/keyrings/debian-archive-keyring.gpg%5D http://mirror.example.test/debian bookworm main
first-boot-url=http://10.78.0.1:8091/agent/first-boot
first-boot-token=TOKEN
timezone=Etc/UTC
`);
});

it('takes the last console, and no argument twice', () => {
  expect(splitConsole('console=tty0 console=ttyS0,115200 a b a')).toEqual({
    console: 'ttyS0,115200',
    rest: 'a b',
  });
  expect(splitConsole('')).toEqual({ console: null, rest: '' });
});
