import { z } from 'zod';
import { Moment } from '../problem.dto.ts';

export const ProcessView = z
  .object({
    name: z.string().describe('api, worker, netboot or redis'),
    pid: z.int().nullable(),
    state: z.enum(['starting', 'running', 'waiting', 'stopped']).describe('waiting: for its next start'),
    restarts: z.int(),
    since: Moment,
  })
  .meta({ id: 'Process' });
export type ProcessView = z.infer<typeof ProcessView>;
