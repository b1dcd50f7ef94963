import type * as t from '../src/lib/api/types.ts';
import { barclampOf } from './proposal-validation.ts';
import { Refusal, type Router } from './router.ts';
import { execute } from './simulate.ts';
import { newId, now, type StoredProposal as Stored, type World } from './world.ts';

const diff = `--- /etc/chrony/chrony.conf
+++ /etc/chrony/chrony.conf
@@ -1,6 +1,7 @@
 # Managed by Halligan (ntp/default).
-pool 2.debian.pool.ntp.org iburst
+server ntp1.example.org iburst
+server ntp2.example.org iburst
 driftfile /var/lib/chrony/chrony.drift
-makestep 1 1
+makestep 1 3
 rtcsync
`;
const stepNames = [
  'package chrony is installed',
  '/etc/chrony/chrony.conf',
  'chrony runs with its present configuration',
  'clock is synchronised',
];

export function planOf(proposal: Stored): t.Plan {
  const { elementOrder } = barclampOf(proposal.barclamp);
  const fresh = proposal.appliedRevision !== proposal.draftRevision;
  const nodes = elementOrder.flatMap((roles, batch) =>
    roles.flatMap((role) =>
      (proposal.draft.elements[role] ?? []).map((node) => ({
        node,
        role,
        batch,
        error: null,
        steps: stepNames.map((name, index) => ({
          name,
          drift:
            fresh && index < 3
              ? (['is not installed', 'differs in 4 lines', 'runs with an older configuration'][index] ??
                null)
              : null,
          diff: fresh && index === 1 ? diff : null,
        })),
      })),
    ),
  );
  const changes = nodes.flatMap((node) => node.steps).filter((step) => step.drift !== null).length;
  return {
    hash: `${proposal.id}:${proposal.draft.version}`.replaceAll('-', ''),
    nodes,
    changes,
    createdAt: now(),
  };
}

export function startRun(world: World, proposal: Stored, user: string): t.RunDetail {
  const first = proposal.appliedRevision !== proposal.draftRevision;
  const run: t.RunDetail = {
    id: newId(),
    barclamp: proposal.barclamp,
    proposal: proposal.name,
    revision: proposal.draftRevision,
    state: 'waiting',
    reason: '',
    changed: 0,
    unchanged: 0,
    failed: 0,
    createdBy: user,
    createdAt: now(),
    startedAt: null,
    finishedAt: null,
    seconds: null,
    nodeRuns: planOf(proposal).nodes.map(({ node, role, batch }) => ({
      id: newId(),
      kind: 'apply',
      node,
      role,
      batch,
      state: 'waiting',
      reason: batch === 0 ? '' : 'Waits for the batch before it.',
      seconds: null,
      steps: stepNames.map((name, index) => ({
        id: newId(),
        index,
        name,
        outcome: 'pending',
        drift: null,
        output: '',
        reason: '',
        seconds: null,
      })),
    })),
  };
  world.runs.set(run.id, run);
  Object.assign(proposal, { state: 'applying', lastRunId: run.id });
  proposal.draft.frozen = true;
  world.tell('proposal.updated', proposal.id);
  void execute(world, run, first).then(() => {
    const proved = run.state === 'succeeded';
    Object.assign(proposal, { state: proved ? 'applied' : 'failed', updatedAt: now() });
    if (proved)
      Object.assign(proposal, {
        appliedRevision: proposal.draftRevision,
        applied: { ...proposal.draft, appliedAt: now() },
      });
    for (const node of world.nodes.values()) {
      const roles = Object.entries(proposal.draft.elements).filter(([, names]) => names.includes(node.name));
      if (proved && roles.length > 0) node.roles = roles.map(([role]) => `${proposal.barclamp}/${role}`);
    }
    world.tell('proposal.updated', proposal.id);
  });
  return run;
}

export function runRoutes(router: Router, world: World): void {
  router.on('GET', '/runs', 'viewer', ({ query }) =>
    [...world.runs.values()].toReversed().slice(0, Number(query.get('limit') ?? 50)),
  );
  const run = (id: string): t.RunDetail => {
    const found = world.runs.get(id);
    if (found !== undefined) return found;
    throw new Refusal(404, 'run.not_found', `There is no run ${id}.`, { remedy: 'See the list of runs.' });
  };
  router.on('GET', '/runs/:id', 'viewer', ({ path }) => run(path.id ?? ''));
  router.on('POST', '/runs/:id/cancel', 'operator', ({ path }) => {
    run(path.id ?? '').state = 'cancelled';
    world.tell('run.updated', path.id ?? '', { state: 'cancelled' });
  });
  router.on('POST', '/runs/:id/retry', 'operator', ({ path, user }) => {
    const { barclamp, proposal } = run(path.id ?? '');
    const stored = world.proposals.get(`${barclamp}/${proposal}`);
    if (stored === undefined) throw new Refusal(404, 'proposal.not_found', 'Its proposal is gone.');
    return { runId: startRun(world, stored, user?.username ?? '').id };
  });
}
