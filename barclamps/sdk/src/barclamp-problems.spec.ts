import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  type Barclamp,
  barclampProblems,
  catalogueProblems,
  commandStep,
  defineBarclamp,
  sh,
} from './index.ts';

const nothing = () => [commandStep({ name: 'nothing', check: sh`true`, apply: sh`true` })];
const good = defineBarclamp({
  name: 'good',
  description: 'Does nothing well.',
  attributes: z.object({ size: z.number().default(1).describe('How much of it') }),
  roles: {
    one: { description: 'The first.', steps: nothing },
    two: { description: 'The second.', conflicts: ['one'], steps: nothing },
  },
  elementOrder: [['one', 'two']],
});

const bad = (change: Partial<Barclamp>): Barclamp => ({ ...good, ...change });
const roles = (change: object) => ({
  roles: { ...good.roles, one: { ...good.roles.one, ...change } } as Barclamp['roles'],
});

describe('barclampProblems', () => {
  it('finds none in a good barclamp', () => {
    expect(barclampProblems(good)).toEqual([]);
  });

  it.each<[string, Barclamp]>([
    ['name "Good" must be kebab-case', bad({ name: 'Good' })],
    ['description is empty', bad({ description: ' ' })],
    ['role "one" has no description', bad(roles({ description: '' }))],
    ['role "one" conflicts with unknown "three"', bad(roles({ conflicts: ['three'] }))],
    ['role "one" conflicts with itself', bad(roles({ conflicts: ['one'] }))],
    ['role "one" has count.min above count.max', bad(roles({ count: { min: 2, max: 1 } }))],
    ['elementOrder names unknown role "three"', bad({ elementOrder: [['one'], ['two', 'three']] })],
    ['role "two" must stand exactly once in elementOrder', bad({ elementOrder: [['one']] })],
    ['role "one" must stand exactly once in elementOrder', bad({ elementOrder: [['one'], ['one', 'two']] })],
    ['attribute "size" has no default', bad({ attributes: z.object({ size: z.number().describe('x') }) })],
    [
      'attribute "deep.er" has no description',
      bad({ attributes: z.object({ deep: z.object({ er: z.string() }).describe('x') }) }),
    ],
  ])('says %j', (problem, barclamp) => {
    expect(barclampProblems(barclamp)).toContain(problem);
  });
});

describe('catalogueProblems', () => {
  it('names unknown and circular requirements and double names', () => {
    const of = (name: string, requires: string[]) => bad({ name, requires });

    expect(catalogueProblems([of('a', ['b']), of('b', ['c']), of('c', ['a', 'x']), of('c', [])])).toEqual([
      'barclamp "c" is declared twice',
      'barclamp "c" requires unknown "x"',
    ]);
    expect(catalogueProblems([of('a', ['b']), of('b', ['c']), of('c', ['a'])])).toEqual([
      'barclamps require each other in a circle: a → b → c → a',
    ]);
  });
});
