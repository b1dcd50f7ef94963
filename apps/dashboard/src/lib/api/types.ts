/** The shapes the API answers with. One place: to be replaced by the types generated from openapi.json. */

export interface Issue {
  path: string;
  code: string;
  message: string;
  remedy?: string;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  remedy?: string;
  issues?: Issue[];
}

export type Role = 'viewer' | 'operator' | 'admin';

export interface User {
  id: string;
  username: string;
  role: Role;
  disabled: boolean;
  mustChangePassword: boolean;
  createdAt: string;
}

export interface SessionInfo {
  user: User;
  csrfToken: string | null;
  expiresAt: string | null;
}

export interface Token {
  id: string;
  name: string;
  prefix: string;
  role: Role;
  username: string;
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
}

export type CreatedToken = Token & { token: string };

export interface NewToken {
  name: string;
  role?: Role;
  expiresInDays?: number;
}

export interface NewUser {
  username: string;
  password: string;
  role: Role;
}

export interface UserChange {
  role?: Role;
  disabled?: boolean;
  password?: string;
}

export type NodeState =
  | 'discovering'
  | 'discovered'
  | 'allocated'
  | 'hardware-installing'
  | 'hardware-installed'
  | 'installing'
  | 'installed'
  | 'readying'
  | 'ready'
  | 'applying'
  | 'rescue'
  | 'retired'
  | 'failed';

export type NodeStateKind = 'working' | 'waiting' | 'failed';

export type NodeAction =
  | 'allocate'
  | 'install'
  | 'reinstall'
  | 'reset'
  | 'power-on'
  | 'power-off'
  | 'power-cycle'
  | 'reboot';

export interface NodeProgress {
  percent: number | null;
  message: string;
}

export interface NodeSummary {
  id: string;
  name: string;
  description: string;
  state: NodeState;
  stateKind: NodeStateKind;
  stateReason: string;
  nextAction: string;
  stateSince: string;
  stateDeadline: string | null;
  failedDuring: NodeState | null;
  alive: boolean;
  lastSeenAt: string | null;
  available: boolean;
  progress: NodeProgress | null;
  address: string | null;
  macs: string[];
  firmware: 'bios' | 'uefi' | null;
  arch: string | null;
  platform: string | null;
  cpuThreads: number | null;
  memoryBytes: number | null;
  diskBytes: number | null;
  powerState: 'on' | 'off' | 'unknown';
  roles: string[];
  version: number;
}

export interface Bmc {
  driver: 'ipmi';
  address: string;
  port: number;
  username: string;
}

export type BmcInput = Bmc & { password: string };

export interface NodeDetail extends NodeSummary {
  serial: string | null;
  uuid: string | null;
  nextBoot: 'discovery' | 'os-install' | 'local';
  bootEnv: string | null;
  installDisk: string | null;
  consoleArguments: string;
  inventory: Record<string, unknown> | null;
  inventoryAt: string | null;
  bmc: Bmc | null;
  hostKeyFingerprints: string[];
  actions: NodeAction[];
  createdAt: string;
}

export interface NodePage {
  items: NodeSummary[];
  nextCursor: string | null;
  counts: Record<string, number>;
}

export interface NodeChange {
  name?: string;
  description?: string;
  bootEnv?: string;
  installDisk?: string | null;
  consoleArguments?: string;
  available?: boolean;
}

export interface StateChange {
  id: number;
  event: string;
  from: string;
  to: string;
  reason: string;
  actor: string;
  at: string;
}

export interface BootMark {
  name: string;
  at: string;
  offsetMs: number;
  detail: string | null;
}

export interface Boot {
  id: string;
  bootEnv: string;
  startedAt: string;
  finishedAt: string | null;
  marks: BootMark[];
}

export interface ConsolePage {
  chunks: { id: number; at: string; text: string }[];
  nextAfter: number;
}

export interface AddressRange {
  purpose: 'admin' | 'dhcp' | 'host' | 'switch';
  first: string;
  last: string;
}

export interface Network {
  name: string;
  cidr: string;
  gateway: string | null;
  dns: string[];
  ranges: AddressRange[];
}

export type NetworkInput = Omit<Network, 'name'>;

export interface Lease {
  mac: string;
  address: string;
  network: string;
  hostname: string | null;
  expiresAt: string;
  node: string | null;
}

export interface BootEnv {
  name: string;
  description: string;
  kind: 'image' | 'installer' | 'discovery' | 'local';
}

export interface BootEnvPreview {
  script: string;
  installFile: string | null;
}

export interface BarclampRole {
  name: string;
  description: string;
  minCount: number;
  maxCount: number | null;
  conflicts: string[];
}

export interface BarclampSummary {
  name: string;
  description: string;
  requires: string[];
  roles: BarclampRole[];
  elementOrder: string[][];
}

export interface BarclampDetail extends BarclampSummary {
  attributesSchema: Record<string, unknown>;
  defaultAttributes: Record<string, unknown>;
}

export type Attributes = Record<string, unknown>;
export type Elements = Record<string, string[]>;

export interface NewProposal {
  barclamp: string;
  name?: string;
  attributes?: Attributes;
  elements?: Elements;
}

export interface ProposalChange {
  version: number;
  attributes: Attributes;
  elements: Elements;
}

export interface Revision {
  number: number;
  version: number;
  attributes: Attributes;
  elements: Elements;
  frozen: boolean;
  createdBy: string;
  createdAt: string;
  appliedAt: string | null;
}

export type ProposalState = 'draft' | 'applying' | 'applied' | 'failed';

export interface ProposalSummary {
  id: string;
  barclamp: string;
  name: string;
  state: ProposalState;
  appliedRevision: number | null;
  draftRevision: number;
  nodes: string[];
  lastRunId: string | null;
  updatedAt: string;
}

export interface ProposalDetail extends ProposalSummary {
  draft: Revision;
  applied: Revision | null;
  issues: Issue[];
}

export interface PlanStep {
  name: string;
  drift: string | null;
  diff: string | null;
}

export interface PlanNode {
  node: string;
  role: string;
  batch: number;
  error: string | null;
  steps: PlanStep[];
}

export interface Plan {
  hash: string;
  nodes: PlanNode[];
  changes: number;
  createdAt: string;
}

export type RunState = 'waiting' | 'running' | 'succeeded' | 'failed' | 'cancelled';
export type NodeRunState = RunState | 'blocked';
export type StepOutcome = 'pending' | 'running' | 'unchanged' | 'changed' | 'failed';

export interface StepRun {
  id: string;
  index: number;
  name: string;
  outcome: StepOutcome;
  drift: string | null;
  output: string;
  seconds: number | null;
}

export interface NodeRun {
  id: string;
  node: string;
  role: string;
  batch: number;
  state: NodeRunState;
  reason: string;
  seconds: number | null;
  steps: StepRun[];
}

export interface RunSummary {
  id: string;
  barclamp: string;
  proposal: string;
  revision: number;
  state: RunState;
  reason: string;
  changed: number;
  unchanged: number;
  failed: number;
  createdBy: string;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  seconds: number | null;
}

export interface RunDetail extends RunSummary {
  nodeRuns: NodeRun[];
}

export interface AuditEntry {
  id: number;
  at: string;
  actor: string;
  action: string;
  subjectKind: string;
  subjectId: string;
  outcome: 'done' | 'refused' | 'failed';
  address: string | null;
  detail: Record<string, unknown>;
}

export interface AuditPage {
  items: AuditEntry[];
  nextCursor: string | null;
}

export interface SystemProcess {
  name: string;
  pid: number | null;
  state: string;
  restarts: number;
}

/** What GET /system says; more members than these are shown as they come. */
export interface SystemInfo {
  version: string;
  processes: SystemProcess[];
  [member: string]: unknown;
}

/** One entry of the event stream. */
export interface LiveEvent {
  id: number | string;
  at: string;
  type: string;
  subjectKind: string;
  subjectId: string;
  data: Record<string, unknown>;
}
