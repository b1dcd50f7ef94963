/** The rack's own small plan of addresses. The namespace is sealed, so it can never clash with a real network. */
export const BRIDGE = 'br0';
export const SERVER_ADDRESS = '10.78.0.1';
export const PREFIX_LENGTH = 24;

const FIRST_BMC_OCTET = 11;
const BRIDGE_MAC = '52:54:00:78:ff:01';

/** Where machine `index` (from 0) has its BMC: a management network of its own, reachable from the server only. */
export function bmcAddress(index: number): string {
  return `10.78.1.${FIRST_BMC_OCTET + index}`;
}

/** The MAC address of NIC `nic` of machine `index`; the 02… bit says "locally administered". */
export function macAddress(index: number, nic = 0): string {
  const octets = [0x52, 0x54, 0x00, 0x78, nic, index + 1];
  return octets.map((octet) => octet.toString(16).padStart(2, '0')).join(':');
}

/** The name of the tap on the bridge's side of that NIC's cable. */
export function tapName(index: number, nic = 0): string {
  return `tap${index + 1}-${nic}`;
}

/**
 * The `ip` commands that lay the cables: no spanning tree and no forward delay (a PXE ROM gives up sooner),
 * no multicast snooping (nobody here sends the queries that would keep it open).
 */
export function bridgeCommands(machines: number): string[] {
  return [
    'link set lo up',
    `link add ${BRIDGE} address ${BRIDGE_MAC} type bridge stp_state 0 forward_delay 0 mcast_snooping 0`,
    `addr add ${SERVER_ADDRESS}/${PREFIX_LENGTH} brd + dev ${BRIDGE}`,
    `link set ${BRIDGE} up`,
    // A switch has a carrier while all machines are off: one cable to nowhere, for what arrives at a port of a
    // bridge that is down is dropped. A cable to a plain interface would deliver every broadcast a second time.
    'link add nowhere type bridge',
    'link add switch0 type veth peer name switch1',
    'link set switch1 master nowhere addrgenmode none up',
    `link set switch0 master ${BRIDGE} addrgenmode none up`,
    ...Array.from({ length: machines }, (_, index) => machineCommands(index)).flat(),
  ];
}

function machineCommands(index: number): string[] {
  const tap = tapName(index);
  return [
    `tuntap add dev ${tap} mode tap`,
    `link set ${tap} master ${BRIDGE} up`,
    `addr add ${bmcAddress(index)}/32 dev lo`,
  ];
}
