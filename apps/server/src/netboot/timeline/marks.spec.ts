import type { DhcpEvent } from '@halligan/pxe/dhcp';
import { parseMac } from '@halligan/pxe/dhcp';
import { expect, it } from 'vitest';
import type { KnownNode } from '../book/node-book.ts';
import { dhcpMark } from './dhcp-marks.ts';
import { servedMark } from './served-marks.ts';

const granted = {
  receivedAt: 1000,
  mac: parseMac('52:54:00:78:00:01'),
  xid: 1,
  address: '10.78.0.171',
  network: '10.78.0.0/24',
  leaseSeconds: 180,
  vendorClass: 'PXEClient:Arch:00007',
  userClass: [],
  architectures: [7],
  firmware: 'uefi-x64',
  uuid: undefined,
  isIpxe: false,
  bootFile: 'ipxe.efi',
} as const;
const offer: DhcpEvent = { kind: 'offer', ...granted };
const system: DhcpEvent = {
  kind: 'ack',
  state: 'selecting',
  ...granted,
  vendorClass: 'udhcp',
  bootFile: undefined,
};
const node = { nextBoot: 'os-install', bootEnv: 'debian-12' } as KnownNode;

it('each DHCP exchange of firmware and loader is a moment of the boot that is coming', () => {
  expect(dhcpMark(offer, undefined)).toEqual({
    name: 'dhcp-discover',
    at: 1000,
    detail: 'uefi-x64, 10.78.0.171, told ipxe.efi',
    begins: 'discovery',
  });
  const ack: DhcpEvent = {
    kind: 'ack',
    state: 'selecting',
    ...granted,
    isIpxe: true,
    bootFile: 'http://x/boot/SECRET/ipxe',
  };
  expect(dhcpMark(ack, node)).toMatchObject({
    name: 'dhcp-ack',
    begins: 'debian-12',
    detail: 'iPXE, 10.78.0.171, told its script',
  });
});

it('a running system is marked once, and strangers never', () => {
  expect(dhcpMark(system, node)).toEqual({ name: 'dhcp-os', at: 1000, detail: '10.78.0.171' });
  expect(dhcpMark({ ...system, state: 'renewing' } as DhcpEvent, node)).toBeNull();
  expect(dhcpMark(system, undefined)).toBeNull();
});

it('files are marked when their transfer begins, and the last when it ends', () => {
  const served = { bootId: 'b', mac: 'm', at: 5, bytes: 0 };
  expect(servedMark({ ...served, resource: 'f/vmlinuz', stage: 'begun' })).toEqual({ name: 'kernel', at: 5 });
  expect(servedMark({ ...served, resource: 'f/vmlinuz', stage: 'done' })).toBeNull();
  expect(servedMark({ ...served, resource: 'f/initrd.img', stage: 'done', bytes: 9 })).toEqual({
    name: 'loaded',
    at: 5,
    detail: '9 bytes',
  });
  expect(servedMark({ ...served, resource: 'ipxe', stage: 'begun' })).toBeNull();
});
