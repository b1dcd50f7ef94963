import { z } from 'zod';

export const BarclampRoleView = z
  .object({
    name: z.string(),
    description: z.string(),
    minCount: z.int(),
    maxCount: z.int().nullable(),
    unique: z.boolean().describe('A node in this role is in no other role of the proposal'),
    conflicts: z.array(z.string()),
  })
  .meta({ id: 'BarclampRole' });

export const BarclampSummary = z
  .object({
    name: z.string(),
    description: z.string(),
    requires: z.array(z.string()),
    roles: z.array(BarclampRoleView),
    elementOrder: z.array(z.array(z.string())),
  })
  .meta({ id: 'BarclampSummary' });
export type BarclampSummary = z.infer<typeof BarclampSummary>;

export const BarclampDetail = BarclampSummary.extend({
  attributesSchema: z.record(z.string(), z.unknown()).describe('JSON Schema of the attributes, for forms'),
  defaultAttributes: z.record(z.string(), z.unknown()),
}).meta({ id: 'BarclampDetail' });
export type BarclampDetail = z.infer<typeof BarclampDetail>;
