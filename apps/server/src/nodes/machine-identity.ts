import type { Inventory } from '@halligan/pxe/discovery';

/** What is known of a node that may be the same machine. */
export interface KnownMachine {
  uuid: string | null;
  serial: string | null;
  macs: readonly string[];
}

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** What board makers write when they write nothing. */
const placeholderUuids = ['03000200-0400-0500-0006-000700080009', '12345678-1234-5678-90ab-cddeefaabbcc'];
const placeholderSerials =
  /^(|0+|none|n\/?a|unknown|not specified|not settable|default string|system serial number|to be filled by o\.?e\.?m\.?|123456789|0123456789)$/i;

/** The machine's UUID in lower case, or null when it does not tell machines apart. */
export function usableUuid(uuid: string): string | null {
  const lower = uuid.trim().toLowerCase();
  if (!uuidForm.test(lower) || placeholderUuids.includes(lower)) return null;
  return new Set(lower.replaceAll('-', '')).size === 1 ? null : lower;
}

/** The machine's serial number, or null when it does not tell machines apart. */
export function usableSerial(serial: string): string | null {
  const trimmed = serial.trim();
  return placeholderSerials.test(trimmed) ? null : trimmed;
}

/** The MAC addresses that belong to hardware of this machine: no zeros, no multicast, none twice. */
export function hardwareNics(inventory: Inventory): Inventory['nics'] {
  const seen = new Set<string>();
  return inventory.nics.filter(({ mac }) => {
    const isUnicast = (Number.parseInt(mac.slice(0, 2), 16) & 1) === 0;
    if (seen.has(mac) || !isUnicast || mac === '00:00:00:00:00:00') return false;
    seen.add(mac);
    return true;
  });
}

/**
 * Whether a report comes from a machine we know. An equal UUID is not enough, for some vendors repeat theirs: a NIC or
 * the serial number must agree. A shared NIC is not enough when the UUIDs differ: the card has moved.
 */
export function isSameMachine(known: KnownMachine, reported: KnownMachine): boolean {
  const sharesNic = known.macs.some((mac) => reported.macs.includes(mac));
  const sharesSerial = known.serial !== null && known.serial === reported.serial;
  if (known.uuid !== null && known.uuid === reported.uuid) return sharesNic || sharesSerial;
  return sharesNic && (known.uuid === null || reported.uuid === null);
}
