import type { DhcpEvent, Granted } from '@halligan/pxe/dhcp';
import type { KnownNode } from '../book/node-book.ts';
import { expectedBootEnv } from '../boot/expected-boot-env.ts';
import type { PendingMark } from './boot-marks.ts';

/** What a DHCP event says about a boot; null when it says nothing. */
export function dhcpMark(event: DhcpEvent, node: KnownNode | undefined): PendingMark | null {
  if (event.kind !== 'offer' && event.kind !== 'ack') return null;
  const at = event.receivedAt;
  if (isBootClient(event)) {
    const name = event.kind === 'offer' ? 'dhcp-discover' : 'dhcp-ack';
    return { name, at, detail: describe(event), begins: expectedBootEnv(node) };
  }
  // An operating system's lease is renewed for ever; only the first is a moment of its boot.
  if (event.kind !== 'ack' || !node || event.state === 'renewing' || event.state === 'rebinding') return null;
  return { name: 'dhcp-os', at, detail: event.address };
}

function isBootClient({ bootFile, isIpxe, vendorClass }: Granted): boolean {
  return bootFile !== undefined || isIpxe || /^(PXE|HTTP)Client/.test(vendorClass);
}

function describe({ isIpxe, firmware, architectures, address, bootFile }: Granted): string {
  const who = isIpxe ? 'iPXE' : (firmware ?? `architecture ${architectures.join(',') || 'unknown'}`);
  const told = isIpxe ? 'its script' : (bootFile ?? 'nothing to boot');
  return `${who}, ${address}, told ${told}`;
}
