import type * as t from '../src/lib/api/types.ts';
import { barclamps } from './barclamps.ts';
import { planOf, startRun } from './proposal-runs.ts';
import { barclampOf, draftOf, validate } from './proposal-validation.ts';
import { Refusal, type Router, text } from './router.ts';
import { newId, now, type StoredProposal as Stored, type World } from './world.ts';

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
}
