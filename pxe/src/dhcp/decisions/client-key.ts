import type { ClientKey } from '../leases/lease.ts';
import type { LeaseReader } from '../leases/lease-book.ts';
import type { NetworkBook } from '../networks/network-book.ts';
import type { DhcpRequest } from '../packet/dhcp-request.ts';

/**
 * Whom a lease is kept for. RFC 2131 section 4.2 wants the client identifier where there is one, but firmware, boot
 * loader and installed system of one NIC send different ones and would hold an address each. So a NIC that is known,
 * that boots over the network, or that already has a lease by its address, is always kept by its address.
 */
export function clientKey(
  request: DhcpRequest,
  network: string,
  book: { readonly networks: NetworkBook; readonly leases: LeaseReader },
): ClientKey {
  const byMac = `mac:${request.mac}`;
  const id = request.clientId?.toString('hex');
  const plain = id === undefined || id === `01${request.mac.replaceAll(':', '')}`;
  if (plain || isBootClient(request) || book.networks.isKnown(request.mac)) return byMac;
  return book.leases.bindingOf(byMac, network) ? byMac : `id:${id}`;
}

/** Whether firmware or a boot loader is asking: it wants a boot file and will not renew its lease. */
export function isBootClient(request: DhcpRequest): boolean {
  return request.isPxeClient || request.isHttpClient || request.isIpxe;
}
