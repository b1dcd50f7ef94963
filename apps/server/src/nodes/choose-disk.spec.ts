import { describe, expect, it } from 'vitest';
import { chooseDisk } from './choose-disk.ts';
import { testDisk, testInventory } from './testing/inventory.ts';

const inventory = testInventory(1, {
  disks: [
    testDisk('sda', 4000, { rotational: true }),
    testDisk('sdb', 480, { wwn: '0x5000c500a1b2c3d4' }),
    testDisk('sdc', 240),
    testDisk('sdd', 16, { removable: true }),
    testDisk('sde', 1),
    testDisk('sdf', 120, { bus: 'usb' }),
  ],
});

describe('chooseDisk', () => {
  it('takes the smallest solid-state disk that is large enough, built in and not removable', () => {
    expect(chooseDisk(inventory, null)?.path).toBe('/dev/sdc');
  });

  it.each([
    ['/dev/sda', '/dev/sda'],
    ['/dev/disk/by-id/virtio-sdb', '/dev/sdb'],
    ['virtio-sdb', '/dev/sdb'],
    ['0x5000c500a1b2c3d4', '/dev/sdb'],
    ['serial-sda', '/dev/sda'],
  ])('finds the wish %s', (wish, path) => {
    expect(chooseDisk(inventory, wish)?.path).toBe(path);
  });

  it('finds nothing rather than another disk', () => {
    expect(chooseDisk(inventory, '/dev/sdz')).toBeNull();
    expect(chooseDisk(inventory, '')).toBeNull();
    expect(chooseDisk(testInventory(1, { disks: [] }), null)).toBeNull();
  });
});
