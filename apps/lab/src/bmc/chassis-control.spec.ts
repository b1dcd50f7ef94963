import { describe, expect, it } from 'vitest';
import { type Chassis, chassisCommand } from './chassis-control.ts';

class FakeChassis implements Chassis {
  power: 'on' | 'off' = 'off';
  nextBoot: 'network' | 'disk' | undefined;
  readonly done: string[] = [];
  async powerOn() {
    this.power = 'on';
  }
  async powerOff() {
    this.power = 'off';
  }
  async reset() {
    this.done.push('reset');
  }
  pressPowerButton() {
    this.done.push('button');
  }
  identify() {
    this.done.push('identify');
  }
}

describe('chassisCommand', () => {
  it('answers what ipmi_sim asks for, one line per value', async () => {
    const chassis = new FakeChassis();
    expect(await chassisCommand(chassis, 'get', ['power', 'boot'])).toBe('power:0\nboot:none\n');
    await chassis.powerOn();
    chassis.nextBoot = 'disk';
    expect(await chassisCommand(chassis, 'get', ['power', 'boot'])).toBe('power:1\nboot:default\n');
  });

  it.each([
    ['pxe', 'network'],
    ['default', 'disk'],
    ['none', undefined],
    ['bios', undefined],
  ])('takes boot device %s for %s', async (word, device) => {
    const chassis = new FakeChassis();
    await chassisCommand(chassis, 'set', ['boot', word]);
    expect(chassis.nextBoot).toBe(device);
  });

  it('passes power, reset, soft power-off and identify on', async () => {
    const chassis = new FakeChassis();
    await chassisCommand(chassis, 'set', ['power', '1']);
    expect(chassis.power).toBe('on');
    await chassisCommand(chassis, 'set', ['reset', '1']);
    await chassisCommand(chassis, 'set', ['shutdown', '1']);
    await chassisCommand(chassis, 'set', ['identify', '5', '0']);
    expect(chassis.done).toEqual(['reset', 'button', 'identify']);
  });

  it('refuses what it does not emulate', async () => {
    await expect(chassisCommand(new FakeChassis(), 'set', ['fan', '1'])).rejects.toThrow(
      /fan is not emulated/,
    );
    await expect(chassisCommand(new FakeChassis(), 'get', ['fan'])).rejects.toThrow(/fan is not emulated/);
  });
});
