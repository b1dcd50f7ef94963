import type { z } from 'zod';
import type { Barclamp, BarclampDeclaration } from './barclamp.ts';

/**
 * Declares a barclamp. The role keys are the only place roles are named freely; a misspelt role anywhere else, and
 * an unknown attribute, is a type error where it stands.
 *
 * The result no longer carries the attribute types: whoever calls its functions must have parsed the attributes
 * with its schema, as `deployment` does.
 */
export function defineBarclamp<Schema extends z.ZodObject, Role extends string>(
  declaration: BarclampDeclaration<Schema, Role>,
): Barclamp {
  return { requires: [], ...declaration } as unknown as Barclamp;
}
