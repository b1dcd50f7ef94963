import { randomUUID } from 'node:crypto';
import type { Step } from '@halligan/sdk';
import { bundle, type RunnerEvent } from '@halligan/sdk/runner';
import { Injectable } from '@nestjs/common';
import type { NodeFacts } from '../nodes/node-reader.ts';
import type { PlanView } from '../proposals/proposal.dto.ts';
import { findProposalById } from '../proposals/proposals.repository.ts';
import { Database } from '../shared/database/database.ts';
import { Events } from '../shared/events/events.ts';
import { ShellError } from '../ssh/shell-error.ts';
import { Committer, type Draft } from './committer.ts';
import { planHash } from './plan-hash.ts';
import { plannedSteps } from './planned-steps.ts';
import { findPlan, finishPlan } from './plans.repository.ts';
import type { Vertex } from './run-graph.ts';
import { RunnerClient, RunnerError } from './runner-client.ts';

type PlannedNode = PlanView['nodes'][number];

/** How many nodes are asked at the same time. */
const AT_ONCE = 20;

/** The job that runs the checks of a draft on all its nodes, and stores what they say. */
@Injectable()
export class MakePlan {
  readonly #database: Database;
  readonly #events: Events;
  readonly #committer: Committer;
  readonly #client: RunnerClient;

  constructor(database: Database, events: Events, committer: Committer, client: RunnerClient) {
    this.#database = database;
    this.#events = events;
    this.#committer = committer;
    this.#client = client;
  }

  async handle(planId: string): Promise<void> {
    const plan = await findPlan(this.#database.db, planId);
    const proposal = plan && !plan.view && (await findProposalById(this.#database.db, plan.proposalId));
    if (!proposal) return;
    const draft = await this.#database.transaction((tx) => this.#committer.draft(proposal, tx));
    const nodes = await this.#ask(draft);
    const changes = nodes.flatMap(({ steps }) => steps).filter(({ drift }) => drift !== null).length;
    const view = { hash: planHash(draft.basis), nodes, changes, createdAt: plan.createdAt.toISOString() };
    await this.#database.transaction(async (tx) => {
      await finishPlan(tx, planId, view);
      const subject = { subjectKind: 'proposal', subjectId: proposal.id };
      await this.#events.record(tx, { type: 'plan.ready', ...subject, data: { planId, hash: view.hash } });
    });
  }

  /** Nodes side by side, the roles of one node one after the other. Smoke tests make no changes: they are left out. */
  async #ask(draft: Draft): Promise<PlannedNode[]> {
    const vertices = draft.graph.filter(({ kind }) => kind === 'apply');
    const answers = new Map<Vertex, PlannedNode>();
    const nodeIds = [...new Set(vertices.map(({ nodeId }) => nodeId))];
    const queue = nodeIds.map((id) => vertices.filter(({ nodeId }) => nodeId === id));
    const work = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        for (const vertex of next) answers.set(vertex, await this.#askNode(draft, vertex));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return vertices.flatMap((vertex) => answers.get(vertex) ?? []);
  }

  async #askNode({ nodes, rendering }: Draft, vertex: Vertex): Promise<PlannedNode> {
    const node = nodes.find(({ id }) => id === vertex.nodeId);
    const head = { node: node?.name ?? vertex.nodeId, role: vertex.role, batch: vertex.batch };
    const untold = (error: string, steps: readonly Step[] = []) => ({
      ...head,
      error,
      steps: steps.map(({ name }) => ({ name, drift: null, diff: null })),
    });
    let steps: readonly Step[] = [];
    try {
      steps = rendering.steps(vertex);
      if (!node || !isReachable(node)) return untold(notYet(node), steps);
      const events = await this.#run(node, steps);
      return { ...head, error: null, steps: plannedSteps(steps, events) };
    } catch (error) {
      if (error instanceof ShellError || error instanceof RunnerError || steps.length === 0)
        return untold(error instanceof Error ? error.message : String(error), steps);
      throw error;
    }
  }

  #run(node: NodeFacts, steps: readonly Step[]): Promise<RunnerEvent[]> {
    return this.#client.plan(node, `plan-${randomUUID()}`, bundle(steps).archive);
  }
}

function isReachable({ state, standing }: NodeFacts): boolean {
  return state === 'ready' || state === 'applying' || standing === 'failed:applying';
}

function notYet(node: NodeFacts | undefined): string {
  if (!node) return 'The node is gone.';
  return `Node ${node.name} is ${node.standing.replace(':', ' while ')}: its checks run once it is ready.`;
}
