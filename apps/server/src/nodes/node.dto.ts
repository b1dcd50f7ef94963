import { z } from 'zod';
import { Moment } from '../shared/problem.dto.ts';

export const NodeState = z
  .enum([
    'discovering',
    'discovered',
    'allocated',
    'hardware-installing',
    'hardware-installed',
    'installing',
    'installed',
    'readying',
    'ready',
    'applying',
    'rescue',
    'retired',
    'failed',
  ])
  .meta({ id: 'NodeState' });
export type NodeState = z.infer<typeof NodeState>;

export const NodeStateKind = z.enum(['working', 'waiting', 'failed']).meta({ id: 'NodeStateKind' });
export const NextBoot = z.enum(['discovery', 'os-install', 'local']).meta({ id: 'NextBoot' });
export const PowerState = z.enum(['on', 'off', 'unknown']).meta({ id: 'PowerState' });

export const NodeSummary = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    state: NodeState,
    stateKind: NodeStateKind,
    stateReason: z.string().describe('Why the node is in this state, for people'),
    nextAction: z.string().describe('What happens next, or what the operator should do'),
    stateSince: Moment,
    stateDeadline: Moment.nullable(),
    failedDuring: NodeState.nullable(),
    alive: z.boolean().describe('A heartbeat or call-back came lately'),
    lastSeenAt: Moment.nullable(),
    available: z.boolean(),
    progress: z.object({ percent: z.int().nullable(), message: z.string() }).nullable(),
    address: z.string().nullable(),
    macs: z.array(z.string()),
    firmware: z.enum(['bios', 'uefi']).nullable(),
    arch: z.string().nullable(),
    platform: z.string().nullable(),
    cpuThreads: z.int().nullable(),
    memoryBytes: z.number().nullable(),
    diskBytes: z.number().nullable(),
    powerState: PowerState,
    roles: z.array(z.string()).describe('Roles given by applied proposals, as barclamp/role'),
    version: z.int(),
  })
  .meta({ id: 'NodeSummary' });
export type NodeSummary = z.infer<typeof NodeSummary>;

export const BmcView = z
  .object({
    driver: z.literal('ipmi'),
    address: z
      .string()
      .regex(/^[A-Za-z0-9]([A-Za-z0-9.:-]{0,251}[A-Za-z0-9])?$/, 'an IP address or host name')
      .describe('IP address or host name'),
    port: z.int().min(1).max(65535).default(623),
    username: z
      .string()
      .regex(/^[\x21-\x7e]{1,16}$/, '1 to 16 characters without spaces, as IPMI 2.0 allows')
      .describe('A user of the BMC that may control the power'),
  })
  .meta({ id: 'Bmc' });

export const BmcInput = BmcView.extend({
  password: z
    .string()
    .regex(/^[\x20-\x7e]{1,20}$/, '1 to 20 characters, as IPMI 2.0 allows')
    .describe('Write-only'),
}).meta({
  id: 'BmcInput',
});

export const NodeAction = z
  .enum([
    'allocate',
    'install',
    'reinstall',
    'retry',
    'reset',
    'power-on',
    'power-off',
    'power-cycle',
    'reboot',
  ])
  .meta({ id: 'NodeAction' });
export type NodeAction = z.infer<typeof NodeAction>;

export const NodeDetail = NodeSummary.extend({
  serial: z.string().nullable(),
  uuid: z.string().nullable(),
  nextBoot: NextBoot,
  bootEnv: z.string().nullable(),
  installDisk: z.string().nullable(),
  consoleArguments: z.string(),
  inventory: z.record(z.string(), z.unknown()).nullable(),
  inventoryAt: Moment.nullable(),
  bmc: BmcView.nullable(),
  hostKeyFingerprints: z.array(z.string()),
  actions: z.array(NodeAction).describe('What may be asked of this node now'),
  createdAt: Moment,
}).meta({ id: 'NodeDetail' });
export type NodeDetail = z.infer<typeof NodeDetail>;

export const NodePage = z
  .object({
    items: z.array(NodeSummary),
    nextCursor: z.string().nullable(),
    counts: z.record(z.string(), z.int()).describe('Nodes per state, over the whole fleet'),
  })
  .meta({ id: 'NodePage' });

export const NodeQuery = z.object({
  state: NodeState.optional(),
  q: z.string().max(100).optional().describe('Part of a name, address, MAC or serial'),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

export const NodeChange = z
  .object({
    name: z
      .string()
      .regex(
        /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
        'a host name: lower-case letters, digits, hyphens (RFC 1123)',
      )
      .optional(),
    description: z.string().max(500).optional(),
    bootEnv: z.string().max(64).optional(),
    installDisk: z.string().max(200).nullable().optional(),
    consoleArguments: z
      .string()
      .max(200)
      .regex(/^[A-Za-z0-9=,.:_ -]*$/, 'kernel arguments such as console=ttyS0,115200')
      .optional(),
    available: z.boolean().optional(),
  })
  .meta({ id: 'NodeChange' });

export const NodeActionInput = z
  .object({
    bootEnv: z.string().max(64).optional().describe('For install and reinstall; by default debian-12'),
  })
  .meta({ id: 'NodeActionInput' });

export const StateChangeView = z
  .object({
    id: z.int(),
    event: z.string(),
    from: z.string(),
    to: z.string(),
    reason: z.string(),
    actor: z.string(),
    at: Moment,
  })
  .meta({ id: 'StateChange' });

export const BootView = z
  .object({
    id: z.string(),
    bootEnv: z.string(),
    startedAt: Moment,
    finishedAt: Moment.nullable(),
    marks: z.array(
      z.object({
        name: z
          .string()
          .describe('For example dhcp-discover, script, kernel, initrd, agent, partition, first-ssh'),
        at: Moment,
        offsetMs: z.int().describe('Since the boot started'),
        detail: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Boot' });

export const ConsolePage = z
  .object({
    chunks: z.array(z.object({ id: z.int(), at: Moment, text: z.string() })),
    nextAfter: z.int().describe('Pass as ?after= to read on'),
  })
  .meta({ id: 'ConsolePage' });
