import { describe, expect, it } from 'vitest';
import { allowedActions, rebootBy } from './node-actions.ts';
import type { Circumstances } from './node-effects.ts';

const nothing: Circumstances = { agentRuns: false, hasBmc: false, hasShell: false, installs: 'image' };

describe('allowedActions', () => {
  it.each([
    ['discovering', nothing, ['reset']],
    ['discovered', { ...nothing, agentRuns: true }, ['allocate', 'install', 'reset', 'reboot']],
    ['allocated', nothing, ['install', 'reinstall', 'reset']],
    ['installing', { ...nothing, hasBmc: true }, ['reset', 'power-on', 'power-off', 'power-cycle']],
    ['ready', { ...nothing, hasShell: true }, ['reinstall', 'reset', 'reboot']],
    ['failed:readying', nothing, ['reinstall', 'retry', 'reset']],
    ['failed:discovering', nothing, ['reset']],
  ] as const)('%s in %j', (standing, circumstances, expected) => {
    expect(allowedActions(standing, circumstances)).toEqual(expected);
  });
});

describe('rebootBy', () => {
  it('prefers the gentlest way', () => {
    expect(rebootBy('ready', { ...nothing, hasShell: true, hasBmc: true })).toBe('ssh');
    expect(rebootBy('discovered', { ...nothing, agentRuns: true, hasBmc: true })).toBe('agent');
    expect(rebootBy('discovered', { ...nothing, hasBmc: true })).toBe('bmc');
    expect(rebootBy('failed:applying', { ...nothing, hasShell: true })).toBe('ssh');
    expect(rebootBy('ready', nothing)).toBeNull();
  });
});
