import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { type Barclamp, barclampProblems, catalogueProblems } from './index.ts';
import { FakeNode, goldenCases, outcomes, renderSteps, rolesOnNodes, shellcheck } from './testing/index.ts';

const BARCLAMPS = fileURLToPath(new URL('../..', import.meta.url));
const folders = readdirSync(BARCLAMPS).filter(
  (name) => name !== 'sdk' && existsSync(join(BARCLAMPS, name, 'src', 'barclamp.ts')),
);
const all = await Promise.all(
  folders.map(async (folder) => {
    const module = (await import(join(BARCLAMPS, folder, 'src', 'barclamp.ts'))) as { default: Barclamp };
    return { folder, barclamp: module.default };
  }),
);

describe('the barclamps together', () => {
  it('have known and acyclic requirements and distinct names', () => {
    expect(catalogueProblems(all.map(({ barclamp }) => barclamp))).toEqual([]);
  });
});

describe.each(all)('barclamp $folder', ({ folder, barclamp }) => {
  const path = join(BARCLAMPS, folder);
  const cases = Object.entries(goldenCases(path, barclamp)).map(([name, golden]) => ({
    name,
    placed: rolesOnNodes(barclamp, golden),
  }));

  it('is named as its folder, described, ordered and has defaults', () => {
    expect(barclamp.name).toBe(folder);
    expect(barclampProblems(barclamp)).toEqual([]);
  });

  it('has a README of its own and a golden case for every role', () => {
    const roles = new Set(cases.flatMap(({ placed }) => placed.map(({ role }) => role)));

    expect(existsSync(join(path, 'README.md'))).toBe(true);
    expect([...roles].sort()).toEqual(Object.keys(barclamp.roles).sort());
  });

  describe.each(cases)('deployed as $name', ({ name, placed }) => {
    it.each(placed)('names each step of $role on $node.name once', ({ steps }) => {
      const names = steps.map((step) => step.name);

      expect(steps.length).toBeGreaterThan(0);
      expect(new Set(names).size).toBe(names.length);
    });

    it.each(placed)('gives $role on $node.name the steps of its golden', async ({ role, node, steps }) => {
      await expect(renderSteps(steps)).toMatchFileSnapshot(
        join(path, 'golden', name, `${role}@${node.name}.txt`),
      );
    });

    it.each(placed)(
      'writes shell for $role on $node.name that shellcheck finds nothing against',
      ({ steps }) => {
        const scripts = steps.flatMap(({ check, apply, verify }) => [check, apply, verify ?? '']);
        const findings = scripts.map(shellcheck);

        if (findings.includes(null))
          console.warn('shellcheck is not installed: the shell of steps was not checked.');
        expect(findings.filter((finding) => finding)).toEqual([]);
      },
    );

    it.each(placed)('changes $role on $node.name once and finds it unchanged after', async ({ steps }) => {
      const standIns = [join(path, 'stand-ins')].filter(existsSync);
      const node = new FakeNode({ standIns });
      nodes.push(node);

      const first = await node.run(steps);
      const second = await node.run(steps);

      expect(outcomes(first), first.raw).toEqual(steps.map(() => 'changed'));
      expect(outcomes(second), second.raw).toEqual(steps.map(() => 'unchanged'));
    });
  });
});

const nodes: FakeNode[] = [];
afterAll(() => {
  for (const node of nodes) node.dispose();
});
