/** Reads what the discovery image reports, defensively: an older or newer image may say less or more. */

type Members = Record<string, unknown>;

export interface DiskRow {
  name: string;
  path: string;
  sizeBytes: number | null;
  model: string;
  serial: string;
  kind: string;
}

export interface NicRow {
  name: string;
  mac: string;
  driver: string;
  speed: string;
  carrier: boolean | null;
  boot: boolean;
  neighbour: string;
}

export interface InventoryView {
  system: Record<string, string | null>;
  processor: Record<string, string | null>;
  disks: DiskRow[];
  nics: NicRow[];
}

function members(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

function list(value: unknown): Members[] {
  return Array.isArray(value) ? value.map(members) : [];
}

function text(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

function amount(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function disk(entry: Members): DiskRow {
  const medium = entry.rotational === true ? 'rotating' : 'solid state';
  const parts = [text(entry.bus), medium, entry.removable === true ? 'removable' : null];
  return {
    name: text(entry.name) ?? '?',
    path: text(entry.path) ?? '',
    sizeBytes: amount(entry.sizeBytes),
    model: text(entry.model) ?? '–',
    serial: text(entry.serial) ?? '–',
    kind: parts.filter((part) => part !== null).join(', '),
  };
}

function neighbour(lldp: unknown): string {
  const { systemName, system, portId, port } = members(lldp);
  return [text(systemName ?? system), text(portId ?? port)].filter((part) => part !== null).join(' ') || '–';
}

function nic(entry: Members): NicRow {
  const speed = amount(entry.speedMbps);
  return {
    name: text(entry.name) ?? '?',
    mac: text(entry.mac) ?? '',
    driver: text(entry.driver) ?? '–',
    speed: speed === null ? '–' : speed >= 1000 ? `${speed / 1000} Gbit/s` : `${speed} Mbit/s`,
    carrier: typeof entry.carrier === 'boolean' ? entry.carrier : null,
    boot: entry.boot === true,
    neighbour: neighbour(entry.lldp),
  };
}

export function viewInventory(inventory: Members): InventoryView {
  const dmi = members(inventory.dmi);
  const cpu = members(inventory.cpu);
  const flags = Array.isArray(cpu.flags) ? cpu.flags.map(String).join(' ') : null;
  return {
    system: {
      Manufacturer: text(dmi.manufacturer),
      Product: text(dmi.product),
      Serial: text(dmi.serial),
      UUID: text(dmi.uuid),
      'Asset tag': text(dmi.assetTag),
      Firmware: text(inventory.firmware)?.toUpperCase() ?? null,
      BIOS: [text(dmi.biosVendor), text(dmi.biosVersion)].filter((part) => part !== null).join(' ') || null,
      Virtual: text(inventory.virtual),
    },
    processor: {
      Model: text(cpu.model),
      Sockets: text(cpu.sockets),
      Cores: text(cpu.cores),
      Threads: text(cpu.threads),
      Architecture: text(inventory.arch),
      Virtualisation: flags,
      'NUMA nodes': text(inventory.numaNodes),
    },
    disks: list(inventory.disks).map(disk),
    nics: list(inventory.nics).map(nic),
  };
}
