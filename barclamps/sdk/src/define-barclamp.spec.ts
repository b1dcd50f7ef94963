import { describe, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { commandStep, defineBarclamp, sh } from './index.ts';

const steps = () => [commandStep({ name: 'nothing', check: sh`true`, apply: sh`true` })];

describe('defineBarclamp', () => {
  it('reports a misspelt role and an unknown attribute where they stand', () => {
    defineBarclamp({
      name: 'typed',
      description: 'Shows what the compiler finds.',
      attributes: z.object({ size: z.number().default(1) }),
      roles: {
        one: {
          description: 'The first.',
          steps: ({ attributes, nodesWith }) => {
            expectTypeOf(attributes).toEqualTypeOf<{ size: number }>();
            // @ts-expect-error an unknown role
            nodesWith('oen');
            // @ts-expect-error an unknown attribute
            void attributes.seize;
            return steps();
          },
        },
        // @ts-expect-error an unknown role among the conflicts
        two: { description: 'The second.', conflicts: ['oen'], steps },
      },
      // @ts-expect-error an unknown role in the order
      elementOrder: [['one'], ['too']],
    });
  });
});
