import { describe, expect, it } from 'vitest';
import { FakeBmc } from './fake-bmc.ts';
import { controlPower } from './power-control.ts';

const quick = { limit: 1000, interval: 1 };

describe('controlPower', () => {
  it('waits until the machine is off', async () => {
    const bmc = new FakeBmc({ power: 'on', lag: 5 });

    expect(await controlPower(bmc, { action: 'off' }, quick)).toMatchObject({ power: 'off' });
    expect(await bmc.power()).toBe('off');
  });

  it('cycles as off, boot device, on', async () => {
    const bmc = new FakeBmc({ power: 'on', lag: 3 });

    expect(await controlPower(bmc, { action: 'cycle', bootDevice: 'pxe' }, quick)).toMatchObject({
      power: 'on',
    });
    expect(bmc.log).toEqual(['off', 'boot pxe', 'on']);
  });

  it('starts a machine that was off when told to cycle it', async () => {
    const bmc = new FakeBmc({ power: 'off' });

    expect(await controlPower(bmc, { action: 'cycle' }, quick)).toMatchObject({ power: 'on' });
    expect(bmc.log).toEqual(['on']);
  });

  it.each(['on', 'off'] as const)('leaves a machine alone that is already %s', async (power) => {
    const bmc = new FakeBmc({ power });

    expect(await controlPower(bmc, { action: power, bootDevice: 'pxe' }, quick)).toMatchObject({ power });
    expect(bmc.log).toEqual([]);
  });

  it('says so when the power does not change', async () => {
    const bmc = new FakeBmc({ power: 'on', lag: 1_000_000 });

    await expect(controlPower(bmc, { action: 'off' }, { limit: 5, interval: 1 })).rejects.toMatchObject({
      code: 'bmc.power_stuck',
      transient: true,
    });
  });

  it('passes on what a broken controller says', async () => {
    await expect(controlPower(new FakeBmc({ broken: true }), { action: 'status' })).rejects.toMatchObject({
      code: 'bmc.unreachable',
    });
  });
});
