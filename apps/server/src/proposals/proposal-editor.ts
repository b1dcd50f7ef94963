import { Injectable } from '@nestjs/common';
import type { Actor } from '../shared/actor.ts';
import { Audit } from '../shared/audit.ts';
import { Database, type Tx } from '../shared/database/database.ts';
import { Events } from '../shared/events/events.ts';
import { ProblemError } from '../shared/problem.error.ts';
import type { NewProposal, ProposalChange, ProposalContent, ProposalDetail } from './proposal.dto.ts';
import type { ProposalFacts } from './proposal-facts.ts';
import { proposalState } from './proposal-view.ts';
import {
  createDraft,
  createProposal,
  deleteProposal,
  findProposal,
  updateDraft,
} from './proposals.repository.ts';
import { type ProposalKey, Proposals } from './proposals.ts';

/** Changes proposals: each change is checked, kept with its author, and told to whoever watches. */
@Injectable()
export class ProposalEditor {
  readonly #database: Database;
  readonly #proposals: Proposals;
  readonly #audit: Audit;
  readonly #events: Events;

  constructor(database: Database, proposals: Proposals, audit: Audit, events: Events) {
    this.#database = database;
    this.#proposals = proposals;
    this.#audit = audit;
    this.#events = events;
  }

  async create(input: NewProposal, actor: Actor): Promise<ProposalDetail> {
    const { barclamp, name, attributes } = input;
    this.#proposals.barclamp(barclamp);
    await this.#database.transaction(async (tx) => {
      if (await findProposal(tx, barclamp, name)) throw exists(input);
      await this.#refuseMistakes(tx, barclamp, input);
      const elements = await this.#proposals.elementIds(input.elements, tx);
      const id = await createProposal(tx, { barclamp, name, attributes, elements, createdBy: actor.name });
      await this.#tell(tx, { id, barclamp, name }, 'proposal.create', actor);
    });
    return this.#proposals.detail(input);
  }

  /** Throws proposal.version_conflict when somebody else has saved since the version that was read. */
  async save(key: ProposalKey, change: ProposalChange, actor: Actor): Promise<ProposalDetail> {
    await this.#database.transaction(async (tx) => {
      const facts = await this.#proposals.facts(key, tx);
      if (facts.newest.version !== change.version) throw conflict(key, facts);
      await this.#refuseMistakes(tx, key.barclamp, change);
      const elements = await this.#proposals.elementIds(change.elements, tx);
      const content = { attributes: change.attributes, elements, createdBy: actor.name };
      if (facts.newest.frozen) await createDraft(tx, facts.newest, content);
      else if (!(await updateDraft(tx, facts.newest, content))) throw conflict(key, facts);
      await this.#tell(tx, facts, 'proposal.save', actor);
    });
    return this.#proposals.detail(key);
  }

  /** Forgets the proposal and its history; the nodes stay as they are. */
  async remove(key: ProposalKey, actor: Actor): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const facts = await this.#proposals.facts(key, tx);
      if (proposalState(facts) === 'applying')
        throw new ProblemError(
          409,
          'proposal.run_in_progress',
          'A run of this proposal is at work or waits.',
          {
            remedy: `Wait for it, or cancel it: halligan run cancel ${facts.lastRun?.id}.`,
          },
        );
      await deleteProposal(tx, facts.id);
      await this.#tell(tx, facts, 'proposal.delete', actor);
    });
  }

  async #refuseMistakes(tx: Tx, barclamp: string, content: ProposalContent): Promise<void> {
    const { refused } = await this.#proposals.check(barclamp, content, tx);
    if (refused.length === 0) return;
    throw new ProblemError(422, 'proposal.invalid', 'The proposal names things that are not so.', {
      remedy: 'Correct what `issues` lists; nothing was saved.',
      issues: refused,
    });
  }

  async #tell(
    tx: Tx,
    { id, barclamp, name }: Pick<ProposalFacts, 'id' | 'barclamp' | 'name'>,
    action: string,
    actor: Actor,
  ): Promise<void> {
    const subject = { subjectKind: 'proposal', subjectId: id };
    await this.#audit.record(tx, { actor, action, ...subject, outcome: 'done', detail: { barclamp, name } });
    await this.#events.record(tx, { ...subject, type: 'proposal.updated', data: { barclamp, name, action } });
  }
}

function exists({ barclamp, name }: ProposalKey): ProblemError {
  return new ProblemError(409, 'proposal.exists', `There is a proposal ${barclamp}/${name} already.`, {
    remedy: 'Edit that one, or choose another name.',
  });
}

function conflict({ barclamp, name }: ProposalKey, { newest }: ProposalFacts): ProblemError {
  return new ProblemError(
    409,
    'proposal.version_conflict',
    `Proposal ${barclamp}/${name} was saved by ${newest.createdBy} since it was read; it is now at version ${newest.version}.`,
    { remedy: 'Read it again, repeat your change on what it is now, and save.' },
  );
}
