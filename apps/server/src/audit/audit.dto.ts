import { z } from 'zod';
import { Moment } from '../shared/problem.dto.ts';

export const AuditEntryView = z
  .object({
    id: z.int(),
    at: Moment,
    actor: z.string(),
    action: z.string(),
    subjectKind: z.string(),
    subjectId: z.string(),
    outcome: z.enum(['done', 'refused', 'failed']),
    address: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEntry' });

export const AuditPage = z
  .object({ items: z.array(AuditEntryView), nextCursor: z.string().nullable() })
  .meta({ id: 'AuditPage' });
