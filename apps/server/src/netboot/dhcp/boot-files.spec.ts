import type { BootClient } from '@halligan/pxe/dhcp';
import { parseMac } from '@halligan/pxe/dhcp';
import { expect, it } from 'vitest';
import { bootFiles } from './boot-files.ts';

const opened: string[] = [];
const backend = bootFiles({
  origin: 'http://10.78.0.1:8091',
  sessions: {
    openBoot: (mac) => {
      opened.push(mac);
      return { token: `token-${opened.length}`, bootId: 'x' };
    },
  },
  hasLoader: (name) => ['undionly.kpxe', 'snponly.efi'].includes(name),
});

function client(change: Partial<BootClient>): BootClient {
  return {
    message: 'ack',
    mac: parseMac('52:54:00:78:00:01'),
    address: '10.78.0.171',
    network: '10.78.0.0/24',
    xid: 1,
    arch: 0,
    firmware: 'bios',
    architectures: [0],
    userClass: [],
    vendorClass: 'PXEClient',
    uuid: undefined,
    isIpxe: false,
    isPxeClient: true,
    isHttpClient: false,
    ...change,
  };
}

it('firmware gets the best loader there is, by name or by URL', () => {
  expect(backend.bootFileFor(client({}))).toEqual({ bootFile: 'undionly.kpxe' });
  expect(backend.bootFileFor(client({ firmware: 'uefi-x64' }))).toEqual({ bootFile: 'snponly.efi' });
  expect(backend.bootFileFor(client({ firmware: 'uefi-x64-http', isHttpClient: true }))).toEqual({
    bootFile: 'http://10.78.0.1:8091/loaders/snponly.efi',
  });
  expect(backend.bootFileFor(client({ firmware: 'uefi-arm64' }))).toBeNull();
  expect(backend.bootFileFor(client({ firmware: undefined }))).toBeNull();
  expect(opened).toEqual([]);
});

it('iPXE gets its script behind a token minted for this very ack', () => {
  const told = (message: 'offer' | 'ack') => backend.bootFileFor(client({ message, isIpxe: true }));
  expect(told('offer')).toEqual({ bootFile: 'http://10.78.0.1:8091/boot/offered/ipxe' });
  expect(opened).toEqual([]);
  expect(told('ack')).toEqual({ bootFile: 'http://10.78.0.1:8091/boot/token-1/ipxe' });
  expect(told('ack')).toEqual({ bootFile: 'http://10.78.0.1:8091/boot/token-2/ipxe' });
});
