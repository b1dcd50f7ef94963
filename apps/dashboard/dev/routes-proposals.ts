import type * as t from '../src/lib/api/types.ts';
import { barclamps } from './barclamps.ts';
import { Refusal, type Router, text } from './router.ts';
import { execute } from './simulate.ts';
import { newId, now, type World } from './world.ts';

type Stored = t.ProposalDetail & { revisions: t.Revision[] };

function barclampOf(name: string): t.BarclampDetail {
  const found = barclamps.find((barclamp) => barclamp.name === name);
  if (found !== undefined) return found;
  throw new Refusal(404, 'barclamp.not_found', `There is no barclamp called ${name}.`, {
    remedy: 'See the catalogue.',
  });
}

function attributeIssues(attributes: t.Attributes): t.Issue[] {
  const servers = Array.isArray(attributes.externalServers) ? attributes.externalServers : [];
  return servers.flatMap((server, index) =>
    typeof server === 'string' && /^[\w.:-]+$/.test(server)
      ? []
      : [
          {
            path: `attributes.externalServers[${index}]`,
            code: 'proposal.attribute_invalid',
            message: 'Not a host name or address.',
            remedy: 'Enter one such as ntp.example.org, or remove it.',
          },
        ],
  );
}

function roleIssues(world: World, role: t.BarclampRole, elements: t.Elements): t.Issue[] {
  const names = elements[role.name] ?? [];
  const issues: t.Issue[] = [];
  if (names.length < role.minCount) {
    issues.push({
      path: `elements.${role.name}`,
      code: 'proposal.role_count',
      message: `${role.name} needs at least ${role.minCount} node.`,
      remedy: 'Assign one.',
    });
  }
  names.forEach((name, index) => {
    const path = `elements.${role.name}[${index}]`;
    const node = [...world.nodes.values()].find((each) => each.name === name);
    const clash = role.conflicts.find((other) => elements[other]?.includes(name));
    if (node === undefined)
      issues.push({
        path,
        code: 'proposal.unknown_node',
        message: `There is no node called ${name}.`,
        remedy: 'Take it out.',
      });
    else if (!node.available)
      issues.push({
        path,
        code: 'proposal.node_unavailable',
        message: `${name} is not available.`,
        remedy: 'Make it available, or take it out.',
      });
    if (clash !== undefined)
      issues.push({
        path,
        code: 'proposal.role_conflict',
        message: `${name} is ${clash} too, which excludes ${role.name}.`,
        remedy: 'Take it out of one of them.',
      });
  });
  return issues;
}

function validate(
  world: World,
  barclamp: string,
  draft: { attributes: t.Attributes; elements: t.Elements },
): t.Issue[] {
  return [
    ...attributeIssues(draft.attributes),
    ...barclampOf(barclamp).roles.flatMap((role) => roleIssues(world, role, draft.elements)),
  ];
}

function draftOf(body: Record<string, unknown>): { attributes: t.Attributes; elements: t.Elements } {
  return {
    attributes: (body.attributes ?? {}) as t.Attributes,
    elements: (body.elements ?? {}) as t.Elements,
  };
}

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

function planOf(proposal: Stored): t.Plan {
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

function startRun(world: World, proposal: Stored, user: string): t.RunDetail {
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

export function newProposal(
  world: World,
  barclamp: string,
  name: string,
  elements: t.Elements,
  user: string,
): Stored {
  const draft: t.Revision = {
    number: 1,
    version: 1,
    attributes: barclampOf(barclamp).defaultAttributes,
    elements,
    frozen: false,
    createdBy: user,
    createdAt: now(),
    appliedAt: null,
  };
  const proposal: Stored = {
    id: newId(),
    barclamp,
    name,
    state: 'draft',
    appliedRevision: null,
    draftRevision: 1,
    nodes: [],
    lastRunId: null,
    updatedAt: now(),
    draft,
    applied: null,
    issues: [],
    revisions: [draft],
  };
  world.proposals.set(`${barclamp}/${name}`, proposal);
  return proposal;
}

function save(proposal: Stored, body: Record<string, unknown>, user: string): void {
  if (body.version !== proposal.draft.version) {
    throw new Refusal(
      409,
      'proposal.version_conflict',
      'Somebody else has saved this proposal since you read it.',
      { remedy: 'Read it again and repeat your edits.' },
    );
  }
  const version = proposal.draft.version + 1;
  const next = {
    ...proposal.draft,
    ...draftOf(body),
    version,
    createdBy: user,
    createdAt: now(),
    frozen: false,
  };
  if (proposal.draft.frozen) next.number += 1;
  proposal.revisions = [...proposal.revisions.filter(({ number }) => number !== next.number), next];
  Object.assign(proposal, { draft: next, draftRevision: next.number, state: 'draft', updatedAt: now() });
}

export function proposalRoutes(router: Router, world: World): void {
  const find = (path: Record<string, string>): Stored => {
    const found = world.proposals.get(`${path.barclamp}/${path.name}`);
    if (found !== undefined) return found;
    throw new Refusal(404, 'proposal.not_found', `There is no proposal ${path.barclamp}/${path.name}.`, {
      remedy: 'See the list of proposals.',
    });
  };
  const show = (proposal: Stored): t.ProposalDetail => {
    const { revisions: _, ...rest } = proposal;
    return {
      ...rest,
      nodes: [...new Set(Object.values(proposal.draft.elements).flat())],
      issues: validate(world, proposal.barclamp, proposal.draft),
    };
  };
  const at = '/proposals/:barclamp/:name';
  router.on('GET', '/barclamps', 'viewer', () => barclamps);
  router.on('GET', '/barclamps/:name', 'viewer', ({ path }) => barclampOf(path.name ?? ''));
  router.on('GET', '/proposals', 'viewer', () => [...world.proposals.values()].map(show));
  router.on('POST', '/proposals', 'operator', ({ body, user }) => {
    const [barclamp, name] = [text(body.barclamp), text(body.name) || 'default'];
    if (world.proposals.has(`${barclamp}/${name}`)) {
      throw new Refusal(409, 'proposal.exists', `${barclamp} / ${name} exists already.`, {
        remedy: 'Open it, or choose another name.',
      });
    }
    return show(newProposal(world, barclamp, name, {}, user?.username ?? ''));
  });
  router.on('GET', at, 'viewer', ({ path }) => show(find(path)));
  router.on('PUT', at, 'operator', ({ path, body, user }) => {
    save(find(path), body, user?.username ?? '');
    world.tell('proposal.updated', find(path).id);
    return show(find(path));
  });
  router.on(
    'DELETE',
    at,
    'operator',
    ({ path }) => void world.proposals.delete(`${path.barclamp}/${path.name}`),
  );
  router.on('POST', `${at}/validate`, 'viewer', ({ path, body }) => ({
    issues: validate(world, path.barclamp ?? '', draftOf(body)),
  }));
  router.on('POST', `${at}/plan`, 'operator', async ({ path }) => {
    await world.pause(1200);
    return planOf(find(path));
  });
  router.on('POST', `${at}/commit`, 'operator', ({ path, body, user }) => {
    const proposal = find(path);
    if (body.planHash !== undefined && body.planHash !== planOf(proposal).hash) {
      throw new Refusal(409, 'proposal.plan_stale', 'The proposal has changed since this plan was made.', {
        remedy: 'Plan again.',
      });
    }
    world.note(user?.username ?? '', 'proposal.commit', 'proposal', `${proposal.barclamp}/${proposal.name}`);
    return { runId: startRun(world, proposal, user?.username ?? '').id };
  });
  router.on('GET', `${at}/revisions`, 'viewer', ({ path }) => find(path).revisions);
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
    return { runId: startRun(world, find({ barclamp, name: proposal }), user?.username ?? '').id };
  });
}
