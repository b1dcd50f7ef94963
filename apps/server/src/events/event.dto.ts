import { z } from 'zod';
import { Moment } from '../shared/problem.dto.ts';

export const EventView = z
  .object({
    id: z.int(),
    at: Moment,
    type: z.string().describe('For example node.state, run.step'),
    subjectKind: z.string(),
    subjectId: z.string(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Event' });
export type EventView = z.infer<typeof EventView>;

/** Which events a reader wants. */
export interface EventFilter {
  types: ReadonlySet<string> | null;
  subject: string | null;
}
