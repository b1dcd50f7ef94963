import { z } from 'zod';
import { Moment } from '../shared/problem.dto.ts';
import { ProcessView } from '../shared/process/process.dto.ts';

export const Health = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });

export const SystemView = z
  .object({
    version: z.string(),
    startedAt: Moment,
    processes: z.array(ProcessView),
    database: z.object({ provider: z.enum(['sqlite', 'postgresql']), ok: z.boolean() }),
    redis: z.object({ url: z.string(), ok: z.boolean() }),
    bootHttp: z.string(),
    bootInterface: z.string().nullable(),
    dataDir: z.string(),
    dataDirFreeBytes: z.number(),
    storageFull: z.boolean().describe('True while changes are refused for want of space'),
  })
  .meta({ id: 'System' });
export type SystemView = z.infer<typeof SystemView>;
