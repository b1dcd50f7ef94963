import { describe, expect, it } from 'vitest';
import type { NodeRun, StepOutcome } from './api/types.ts';
import { diffLines } from './diff.ts';
import { addressNumber, rangeUsage } from './networks/usage.ts';
import { viewInventory } from './nodes/inventory.ts';
import { byBatch, runProgress } from './runs/progress.ts';

describe('viewInventory', () => {
  it('shows what is there and a dash for what is not', () => {
    const view = viewInventory({
      firmware: 'uefi',
      dmi: { manufacturer: 'QEMU', assetTag: '' },
      disks: [{ name: 'sda', sizeBytes: 10, rotational: true, bus: 'scsi', removable: true }],
      nics: [{ name: 'eth0', mac: '52:54:00:00:00:01', speedMbps: 10000, boot: true, carrier: true }],
    });
    expect(view.system).toMatchObject({
      Manufacturer: 'QEMU',
      'Asset tag': null,
      Firmware: 'UEFI',
      BIOS: null,
    });
    expect(view.disks).toMatchObject([{ kind: 'scsi, rotating, removable', model: '–' }]);
    expect(view.nics).toMatchObject([{ speed: '10 Gbit/s', neighbour: '–', boot: true }]);
  });

  it('survives an inventory of another shape', () => {
    expect(viewInventory({ disks: 'none', nics: [null, 3], cpu: [], dmi: 7 })).toMatchObject({
      disks: [],
      nics: [{ name: '?' }, { name: '?' }],
    });
  });
});

describe('rangeUsage', () => {
  const lease = (address: string) => ({
    address,
    mac: '',
    network: 'admin',
    hostname: null,
    expiresAt: '',
    node: null,
  });

  it('counts the leases inside, both ends included', () => {
    const range = { purpose: 'dhcp', first: '10.0.0.10', last: '10.0.0.19' } as const;
    const leases = ['10.0.0.9', '10.0.0.10', '10.0.0.19', '10.0.0.20', '10.0.0.1'].map(lease);
    expect(rangeUsage(range, leases)).toEqual({ size: 10, leased: 2, percent: 20 });
  });

  it('knows an address from a text', () => {
    expect(addressNumber('10.0.1.2')).toBe(167_772_418);
    expect(addressNumber('10.0.1')).toBeNaN();
    expect(addressNumber('10.0.0.256')).toBeNaN();
  });
});

describe('run progress', () => {
  const nodeRun = (node: string, batch: number, outcomes: StepOutcome[]): NodeRun => ({
    id: node,
    node,
    role: 'r',
    kind: 'apply',
    batch,
    state: 'running',
    reason: '',
    seconds: null,
    steps: outcomes.map((outcome, index) => ({
      id: `${node}${index}`,
      index,
      name: 's',
      outcome,
      drift: null,
      output: '',
      reason: '',
      seconds: null,
    })),
  });

  it('counts decided steps', () => {
    const runs = [
      nodeRun('a', 0, ['unchanged', 'changed', 'failed']),
      nodeRun('b', 1, ['running', 'pending']),
    ];
    expect(runProgress(runs)).toEqual({ done: 3, total: 5, percent: 60 });
    expect(runProgress([])).toEqual({ done: 0, total: 0, percent: 0 });
  });

  it('groups by batch, nodes by name', () => {
    const groups = byBatch([nodeRun('b', 1, []), nodeRun('c', 0, []), nodeRun('a', 1, [])]);
    expect(groups.map(({ batch, nodeRuns }) => [batch, nodeRuns.map(({ node }) => node)])).toEqual([
      [0, ['c']],
      [1, ['a', 'b']],
    ]);
  });
});

describe('diffLines', () => {
  it('knows heads from changes', () => {
    expect(diffLines('--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n z\n').map(({ kind }) => kind)).toEqual([
      'head',
      'head',
      'head',
      'removed',
      'added',
      'same',
    ]);
  });
});
