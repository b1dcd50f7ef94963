import { describe, expect, it } from 'vitest';
import { agentMayRun, bootAdvice, type Circumstances, effectsOf, isAlive } from './node-effects.ts';
import { standings } from './node-transitions.ts';

const nothing: Circumstances = { agentRuns: false, hasBmc: false, hasShell: false, installs: 'image' };

describe('effectsOf', () => {
  it('wipes at once where the discovery image runs', () => {
    expect(effectsOf('install', { ...nothing, agentRuns: true, hasBmc: true })).toEqual({
      cancel: 'all',
      address: true,
      agentActions: ['wipe'],
    });
  });

  it.each([
    [{ hasBmc: true, hasShell: true }, 'bmc'],
    [{ hasShell: true }, 'ssh'],
    [{}, 'hand'],
  ] as const)('brings a machine into discovery to reinstall it: %j by %s', (circumstances, bootBy) => {
    expect(effectsOf('reinstall', { ...nothing, ...circumstances })).toMatchObject({
      agentActions: ['wipe'],
      bootBy,
    });
  });

  it('resets by the agent when there is no BMC', () => {
    expect(effectsOf('reset', { ...nothing, agentRuns: true })).toMatchObject({
      bootBy: 'agent',
      agentActions: ['reboot'],
    });
    expect(effectsOf('reset', { ...nothing, agentRuns: true, hasBmc: true })).toMatchObject({
      bootBy: 'bmc',
    });
  });

  it('installs an image without a reboot in between, and an installer with one', () => {
    expect(effectsOf('hardware-done', nothing)).toMatchObject({ next: 'install-start', forgetSystem: true });
    expect(effectsOf('install-start', nothing)).toMatchObject({ agentActions: ['install-image'] });
    expect(effectsOf('install-done', nothing)).toMatchObject({ agentActions: ['reboot'] });

    const installer = { ...nothing, installs: 'installer' } as const;
    expect(effectsOf('hardware-done', installer)).toEqual({ forgetSystem: true, agentActions: ['reboot'] });
    expect(effectsOf('install-start', installer).agentActions).toBeUndefined();
    expect(effectsOf('install-done', installer).agentActions).toBeUndefined();
  });

  it('readies a node at its first contact and at a retry', () => {
    expect(effectsOf('first-contact', nothing).readyNode).toBe(true);
    expect(effectsOf('retry', nothing).readyNode).toBe(true);
  });

  it('tells people what to do when Halligan cannot', () => {
    expect(bootAdvice('hand')).toContain('Switch the machine off and on again');
    expect(bootAdvice(undefined)).toBeUndefined();
  });
});

describe('agentMayRun', () => {
  it('believes a sign of life to be the discovery image’s only where that may run', () => {
    expect(standings.filter((standing) => agentMayRun(standing, 'image'))).toEqual([
      'discovering',
      'discovered',
      'allocated',
      'hardware-installing',
      'installing',
      'rescue',
      'failed:discovering',
      'failed:hardware-installing',
      'failed:installing',
    ]);
    expect(agentMayRun('installing', 'installer')).toBe(false);
  });
});

describe('isAlive', () => {
  const now = new Date('2026-01-01T00:02:00Z');
  const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);

  it.each([
    ['ready', ago(90), true],
    ['ready', ago(91), false],
    ['ready', null, false],
    ['installed', ago(600), true],
    ['retired', ago(600), false],
    ['failed', ago(10), true],
  ] as const)('%s, last heard of at %s: %s', (state, lastSeenAt, alive) => {
    expect(isAlive({ state, lastSeenAt }, now)).toBe(alive);
  });
});
