import { z } from 'zod';

/** One thing wrong with an input: where, what, and what to do about it. */
export const Issue = z
  .object({
    path: z.string().describe('Where, for example elements.ntp-server[0]'),
    code: z.string().describe('Stable, for example proposal.unknown_node'),
    message: z.string(),
    remedy: z.string().optional(),
  })
  .meta({ id: 'Issue' });
export type Issue = z.infer<typeof Issue>;

/** RFC 9457 problem details; every error answer of the API has this shape. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().describe('Stable, for example node.not_found'),
    detail: z.string(),
    remedy: z.string().optional(),
    issues: z.array(Issue).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;

/** Moments travel as ISO 8601 in UTC. */
export const Moment = z.iso.datetime();
