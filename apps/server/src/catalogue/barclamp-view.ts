import { attributesSchema, type Barclamp } from '@halligan/sdk';
import type { BarclampDetail, BarclampSummary } from './barclamp.dto.ts';

/** A barclamp as the API tells of it in lists. */
export function barclampSummary(barclamp: Barclamp): BarclampSummary {
  return {
    name: barclamp.name,
    description: barclamp.description,
    requires: [...barclamp.requires],
    roles: Object.entries(barclamp.roles).map(([name, { description, count, unique, conflicts }]) => ({
      name,
      description,
      minCount: count?.min ?? 0,
      maxCount: count?.max ?? null,
      unique: unique ?? false,
      conflicts: [...(conflicts ?? [])],
    })),
    elementOrder: barclamp.elementOrder.map((batch) => [...batch]),
  };
}

/** A barclamp with everything a form needs. */
export function barclampDetail(barclamp: Barclamp): BarclampDetail {
  return {
    ...barclampSummary(barclamp),
    attributesSchema: attributesSchema(barclamp.attributes),
    defaultAttributes: barclamp.attributes.parse({}),
  };
}
