import { z } from 'zod';
import { Issue, Moment } from '../shared/problem.dto.ts';

const Name = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'lower-case letters, digits, hyphens');
const Elements = z.record(z.string(), z.array(z.string())).describe('Node names by role');
const Attributes = z.record(z.string(), z.unknown());

export const NewProposal = z
  .object({
    barclamp: z.string(),
    name: Name.default('default'),
    attributes: Attributes.default({}),
    elements: Elements.default({}),
  })
  .meta({ id: 'NewProposal' });
export type NewProposal = z.infer<typeof NewProposal>;

export const ProposalContent = z
  .object({ attributes: Attributes, elements: Elements })
  .meta({ id: 'ProposalContent' });
export type ProposalContent = z.infer<typeof ProposalContent>;

export const ProposalChange = z
  .object({
    version: z.int().describe('The version that was read; refused when someone else has saved since'),
    attributes: Attributes,
    elements: Elements,
  })
  .meta({ id: 'ProposalChange' });
export type ProposalChange = z.infer<typeof ProposalChange>;

export const RevisionView = z
  .object({
    number: z.int(),
    version: z.int(),
    attributes: Attributes,
    elements: Elements,
    frozen: z.boolean(),
    createdBy: z.string(),
    createdAt: Moment,
    appliedAt: Moment.nullable(),
  })
  .meta({ id: 'Revision' });
export type RevisionView = z.infer<typeof RevisionView>;

export const ProposalState = z
  .enum(['draft', 'applying', 'applied', 'failed'])
  .describe('draft: edits not yet committed; applied: the newest revision was proved on the nodes')
  .meta({ id: 'ProposalState' });
export type ProposalState = z.infer<typeof ProposalState>;

export const ProposalSummary = z
  .object({
    id: z.string(),
    barclamp: z.string(),
    name: z.string(),
    state: ProposalState,
    appliedRevision: z.int().nullable(),
    draftRevision: z.int(),
    nodes: z.array(z.string()),
    lastRunId: z.string().nullable(),
    updatedAt: Moment,
  })
  .meta({ id: 'ProposalSummary' });
export type ProposalSummary = z.infer<typeof ProposalSummary>;

export const ProposalDetail = ProposalSummary.extend({
  draft: RevisionView,
  applied: RevisionView.nullable(),
  issues: z.array(Issue).describe('What is wrong with the draft; empty when it may be committed'),
}).meta({ id: 'ProposalDetail' });
export type ProposalDetail = z.infer<typeof ProposalDetail>;

export const Validation = z.object({ issues: z.array(Issue) }).meta({ id: 'Validation' });
export type Validation = z.infer<typeof Validation>;

export const PlanView = z
  .object({
    hash: z.string(),
    nodes: z.array(
      z.object({
        node: z.string(),
        role: z.string(),
        batch: z.int(),
        error: z.string().nullable().describe('Why the checks could not run, when they could not'),
        steps: z.array(
          z.object({
            name: z.string(),
            drift: z.string().nullable().describe('In words; null when there is nothing to do'),
            diff: z.string().nullable().describe('Unified diff of a file, secrets masked'),
          }),
        ),
      }),
    ),
    changes: z.int().describe('Steps with drift'),
    createdAt: Moment,
  })
  .meta({ id: 'Plan' });
export type PlanView = z.infer<typeof PlanView>;

export const Commit = z
  .object({ planHash: z.string().optional().describe('Refuse when the plan has gone stale') })
  .meta({ id: 'Commit' });
export type Commit = z.infer<typeof Commit>;

export const Committed = z.object({ runId: z.string() }).meta({ id: 'Committed' });
export type Committed = z.infer<typeof Committed>;
