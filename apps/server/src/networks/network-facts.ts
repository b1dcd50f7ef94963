export type RangePurpose = 'admin' | 'dhcp' | 'host' | 'switch';

/** Consecutive addresses, both ends included. */
export interface AddressRangeFacts {
  purpose: RangePurpose;
  first: string;
  last: string;
}

/** One network as other parts may ask for it; addresses as text. */
export interface NetworkFacts {
  name: string;
  cidr: string;
  gateway: string | null;
  dns: string[];
  ranges: AddressRangeFacts[];
}

/** The address kept for a NIC: while it boots, and for its node once installed. */
export interface ReservationFacts {
  mac: string;
  address: string;
  networkName: string;
  nodeId: string | null;
  /** Host name to tell the client. */
  nodeName: string | null;
}

export interface LeaseFacts {
  mac: string;
  address: string;
  networkName: string;
  hostname: string | null;
  expiresAt: Date;
}

/** The network that machines boot in and nodes are managed through. */
export const ADMIN_NETWORK = 'admin';
