import { describe, expect, it } from 'vitest';
import { NodeState } from './node.dto.ts';
import { fallibleStates, nodeStateNames, nodeStates } from './node-state.ts';
import {
  birth,
  destination,
  eventsFrom,
  type NodeEvent,
  nodeEvents,
  standingOf,
  standings,
  transitions,
} from './node-transitions.ts';

/** Every declared pair, written out by hand: `standing event -> state`. All other pairs must be refused. */
const declared = `
discovering inventory-reported -> discovered
discovering fail -> failed
discovering reset -> discovering
discovered allocate -> allocated
discovered install -> hardware-installing
discovered reset -> discovering
discovered retire -> retired
allocated install -> hardware-installing
allocated reinstall -> hardware-installing
allocated reset -> discovering
allocated retire -> retired
hardware-installing hardware-done -> hardware-installed
hardware-installing fail -> failed
hardware-installing reset -> discovering
hardware-installed install-start -> installing
hardware-installed fail -> failed
hardware-installed reset -> discovering
installing install-done -> installed
installing fail -> failed
installing reset -> discovering
installed first-contact -> readying
installed fail -> failed
installed reinstall -> hardware-installing
installed reset -> discovering
readying ready -> ready
readying fail -> failed
readying reset -> discovering
ready apply -> applying
ready reinstall -> hardware-installing
ready reset -> discovering
ready rescue -> rescue
ready retire -> retired
applying apply-done -> ready
applying fail -> failed
applying reset -> discovering
rescue reinstall -> hardware-installing
rescue reset -> discovering
rescue rescue-done -> readying
rescue retire -> retired
retired reset -> discovering
failed:discovering inventory-reported -> discovered
failed:discovering reset -> discovering
failed:discovering retire -> retired
failed:hardware-installing reinstall -> hardware-installing
failed:hardware-installing reset -> discovering
failed:hardware-installing rescue -> rescue
failed:hardware-installing retire -> retired
failed:hardware-installed reinstall -> hardware-installing
failed:hardware-installed reset -> discovering
failed:hardware-installed rescue -> rescue
failed:hardware-installed retire -> retired
failed:installing install-done -> installed
failed:installing reinstall -> hardware-installing
failed:installing reset -> discovering
failed:installing rescue -> rescue
failed:installing retire -> retired
failed:installed first-contact -> readying
failed:installed reinstall -> hardware-installing
failed:installed reset -> discovering
failed:installed rescue -> rescue
failed:installed retire -> retired
failed:readying retry -> readying
failed:readying reinstall -> hardware-installing
failed:readying reset -> discovering
failed:readying rescue -> rescue
failed:readying retire -> retired
failed:applying apply -> applying
failed:applying retry -> readying
failed:applying reinstall -> hardware-installing
failed:applying reset -> discovering
failed:applying rescue -> rescue
failed:applying retire -> retired
`;

const expected = new Map(
  declared
    .trim()
    .split('\n')
    .map((line) => line.split(' -> ') as [string, string]),
);
const pairs = standings.flatMap((standing) => nodeEvents.map((event) => [standing, event] as const));

describe('transitions', () => {
  it.each(pairs)('%s on %s: leads where it is declared to, or is refused', (standing, event) => {
    expect(destination(standing, event)).toBe(expected.get(`${standing} ${event}`) ?? null);
  });

  it('has no declared pair outside the enumeration', () => {
    const enumerated = new Set(pairs.map(([standing, event]) => `${standing} ${event}`));

    expect([...expected.keys()].filter((pair) => !enumerated.has(pair))).toEqual([]);
  });

  it('lists the events of a standing', () => {
    expect(eventsFrom('allocated')).toEqual(['install', 'reinstall', 'reset', 'retire']);
  });

  it('reaches every state from birth', () => {
    const reached = new Set<string>([birth.to]);
    for (let before = 0; before !== reached.size; ) {
      before = reached.size;
      for (const event of nodeEvents) {
        const { from, to } = transitions[event];
        if (from.some((standing) => reached.has(standing.replace(/:.*/, '')))) reached.add(to);
      }
    }

    expect([...reached].sort()).toEqual([...nodeStateNames].sort());
  });
});

describe('states', () => {
  it('are those of the API', () => {
    expect([...nodeStateNames].sort()).toEqual([...NodeState.options].sort());
  });

  it.each(nodeStateNames)('%s says what it means and what comes next', (state) => {
    expect(nodeStates[state].meaning).toMatch(/\.$/);
    expect(nodeStates[state].nextAction).toMatch(/\.$/);
  });

  it('give every working state an aim it can reach and a deadline', () => {
    for (const state of nodeStateNames.filter((name) => nodeStates[name].kind === 'working')) {
      const { aimsAt, deadlineSeconds } = nodeStates[state];
      const reachable = nodeEvents.map((event) => destination(state as 'applying', event));

      expect(reachable, state).toContain(aimsAt);
      expect(deadlineSeconds, state).toBeGreaterThan(0);
    }
  });

  it('can fail exactly where a deadline runs', () => {
    const withDeadline = nodeStateNames.filter((state) => nodeStates[state].deadlineSeconds !== undefined);

    expect([...withDeadline].sort()).toEqual([...fallibleStates].sort());
  });

  it('can always be reset', () => {
    for (const standing of standings) expect(destination(standing, 'reset' as NodeEvent)).toBe('discovering');
  });
});

describe('standingOf', () => {
  it('tells failed nodes apart by what they failed at', () => {
    expect(standingOf({ state: 'ready', failedDuring: null })).toBe('ready');
    expect(standingOf({ state: 'failed', failedDuring: 'applying' })).toBe('failed:applying');
    expect(standingOf({ state: 'failed', failedDuring: null })).toBe('failed:discovering');
  });
});
