import type { HalliganEvent, Schemas } from '@halligan/api-client';

/** The shapes of the API under the names the pages use; all come from its OpenAPI description. */
export type Issue = Schemas['Issue'];
export type Problem = Schemas['Problem'];

export type Role = Schemas['Role'];
export type User = Schemas['User'];
export type SessionInfo = Schemas['SessionInfo'];
export type Token = Schemas['Token'];
export type CreatedToken = Schemas['CreatedToken'];
export type NewToken = Schemas['NewToken'];
export type NewUser = Schemas['NewUser'];
export type UserChange = Schemas['UserChange'];

export type NodeState = Schemas['NodeState'];
export type NodeStateKind = Schemas['NodeStateKind'];
export type NodeAction = Schemas['NodeAction'] | 'retry';
export type NodeSummary = Schemas['NodeSummary'];
export type NodeProgress = NonNullable<NodeSummary['progress']>;
export type NodeDetail = Schemas['NodeDetail'];
export type NodePage = Schemas['NodePage'];
export type NodeChange = Schemas['NodeChange'];
export type Bmc = Schemas['Bmc'];
export type BmcInput = Schemas['BmcInput'];
export type StateChange = Schemas['StateChange'];
export type Boot = Schemas['Boot'];
export type BootMark = Boot['marks'][number];
export type ConsolePage = Schemas['ConsolePage'];

export type AddressRange = Schemas['AddressRange'];
export type Network = Schemas['Network'];
export type NetworkInput = Schemas['NetworkInput'];
export type Lease = Schemas['Lease'];
export type BootEnv = Schemas['BootEnv'];
export type BootEnvPreview = Schemas['BootEnvPreview'];

export type BarclampRole = Schemas['BarclampRole'];
export type BarclampSummary = Schemas['BarclampSummary'];
export type BarclampDetail = Schemas['BarclampDetail'];

export type Attributes = Record<string, unknown>;
export type Elements = Record<string, string[]>;
export type NewProposal = Schemas['NewProposal'];
export type ProposalChange = Schemas['ProposalChange'];
export type Revision = Schemas['Revision'];
export type ProposalState = Schemas['ProposalState'];
export type ProposalSummary = Schemas['ProposalSummary'];
export type ProposalDetail = Schemas['ProposalDetail'];
export type Plan = Schemas['Plan'];
export type PlanNode = Plan['nodes'][number];
export type PlanStep = PlanNode['steps'][number];

export type RunState = Schemas['RunState'];
export type NodeRunState = Schemas['NodeRunState'];
export type StepOutcome = Schemas['StepOutcome'];
export type StepRun = Schemas['StepRun'];
export type NodeRun = Schemas['NodeRun'];
export type RunSummary = Schemas['RunSummary'];
export type RunDetail = Schemas['RunDetail'];

export type AuditEntry = Schemas['AuditEntry'];
export type AuditPage = Schemas['AuditPage'];

export interface SystemProcess {
  name: string;
  pid: number | null;
  state: string;
  restarts: number;
}

/** What GET /system says; members this page does not know are shown as they come. */
export interface SystemInfo {
  version: string;
  processes: SystemProcess[];
  [member: string]: unknown;
}

/** One entry of the event stream. */
export type LiveEvent = HalliganEvent;
