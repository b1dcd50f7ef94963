import type { Inventory } from '@halligan/pxe/discovery';

type Disk = Inventory['disks'][number];

/** The least that an operating system needs. */
const LEAST_BYTES = 2 * 1024 ** 3;

/**
 * The disk to install on. A wish may be a path, a name below /dev/disk/by-id, a serial number or a WWN. Without one it
 * is the smallest solid-state disk, else the smallest spinning one: data disks are the large ones. Null when there is none.
 */
export function chooseDisk(inventory: Inventory, wish: string | null): Disk | null {
  if (wish !== null) return inventory.disks.find((disk) => isWished(disk, wish)) ?? null;
  const fit = inventory.disks.filter((disk) => !disk.removable && disk.sizeBytes >= LEAST_BYTES);
  return fit.sort(byPreference)[0] ?? null;
}

function isWished(disk: Disk, wish: string): boolean {
  const byId = wish.replace(/^\/dev\/disk\/by-id\//, '');
  return (
    disk.path === wish || disk.byId.includes(byId) || (wish !== '' && [disk.serial, disk.wwn].includes(wish))
  );
}

function byPreference(a: Disk, b: Disk): number {
  return (
    Number(a.bus === 'usb') - Number(b.bus === 'usb') ||
    Number(a.rotational) - Number(b.rotational) ||
    a.sizeBytes - b.sizeBytes ||
    a.path.localeCompare(b.path, 'en')
  );
}
