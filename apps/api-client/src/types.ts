import type { components } from './generated/schema.ts';

/** The API's shapes by name, for example `Schemas['NodeSummary']`. */
export type Schemas = components['schemas'];

/** One entry of `GET /events`. */
export interface HalliganEvent {
  id: number;
  /** ISO 8601, UTC */
  at: string;
  /** for example node.state */
  type: string;
  subjectKind: string;
  subjectId: string;
  data: Record<string, unknown>;
}
