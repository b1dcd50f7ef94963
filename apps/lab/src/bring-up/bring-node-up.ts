import { type Schemas, unwrap } from '@halligan/api-client';
import type { Lab } from '../lab.ts';
import { LabError } from '../lab-error.ts';
import type { RackUnit } from '../rack/rack.ts';
import type { NodeSummary, NodeWatch } from './node-watch.ts';

export interface NodeJourney {
  readonly unit: RackUnit;
  readonly watch: NodeWatch;
  readonly signal: AbortSignal;
  /** What to install; the server's default when absent. */
  readonly bootEnv: string | undefined;
  /** How long discovery and how long the rest may take. */
  readonly patience: { readonly discoveredMs: number; readonly readyMs: number };
}

/** From the power button to `ready`: the operator's part is the BMC's password and one word, "install". */
export async function bringNodeUp(lab: Lab, journey: NodeJourney): Promise<NodeSummary> {
  const { unit, patience } = journey;
  await unit.bmc.ipmi('chassis', 'power', 'on');
  const found = await untilState(journey, 'discovered', patience.discoveredMs);
  await prepare(lab, unit, found);
  await act(lab, unit.machine.name, 'allocate', {});
  await act(
    lab,
    unit.machine.name,
    'install',
    journey.bootEnv === undefined ? {} : { bootEnv: journey.bootEnv },
  );
  return untilState(journey, 'ready', patience.readyMs);
}

/** Waits until the machine's node is in `state`; a failed node ends the wait with its own reason. */
export function untilState(journey: NodeJourney, state: string, timeoutMs: number): Promise<NodeSummary> {
  const { machine } = journey.unit;
  return journey.watch.until(`${machine.name} ${state}`, timeoutMs, journey.signal, () => {
    const node = journey.watch.byMac(machine.mac);
    if (node?.state !== 'failed') return node?.state === state ? node : undefined;
    throw new LabError(
      'lab.node_failed',
      `${node.name} failed during ${node.failedDuring ?? 'its work'}: ${node.stateReason}`,
      node.nextAction,
    );
  });
}

/** Names the node as its machine and hands over the BMC. */
async function prepare(lab: Lab, { machine, bmc }: RackUnit, node: NodeSummary): Promise<void> {
  const change = { name: machine.name };
  await unwrap(
    lab.client.PATCH('/api/v1/nodes/{node}', { params: { path: { node: node.id } }, body: change }),
  );
  await unwrap(
    lab.client.PUT('/api/v1/nodes/{node}/bmc', {
      params: { path: { node: node.id } },
      body: { driver: 'ipmi', ...bmc.access },
    }),
  );
}

function act(
  lab: Lab,
  node: string,
  action: Schemas['NodeAction'],
  body: Schemas['NodeActionInput'],
): Promise<Schemas['NodeDetail']> {
  const params = { path: { node, action } };
  return unwrap(lab.client.POST('/api/v1/nodes/{node}/actions/{action}', { params, body }));
}
