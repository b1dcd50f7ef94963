import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stateDiagram, withStateDiagram } from './state-diagram.ts';

describe('stateDiagram', () => {
  it('draws every arrow under a name mermaid can read', () => {
    expect(stateDiagram()).toContain('hardware_installing --> hardware_installed: hardware-done');
  });

  it('is up to date in the README (else: npm run build && node apps/server/dist/nodes/write-state-diagram.js)', () => {
    const page = readFileSync(new URL('./README.md', import.meta.url), 'utf8');

    expect(withStateDiagram(page)).toBe(page);
  });

  it('refuses a page without a place for it', () => {
    expect(() => withStateDiagram('# nodes')).toThrow('markers are missing');
  });
});
