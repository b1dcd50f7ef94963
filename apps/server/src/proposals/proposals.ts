import { Injectable } from '@nestjs/common';
import { Catalogue } from '../catalogue/catalogue.ts';
import { NodeReader } from '../nodes/node-reader.ts';
import { Database, type Tx } from '../shared/database/database.ts';
import type { Issue } from '../shared/problem.dto.ts';
import { ProblemError } from '../shared/problem.error.ts';
import type { NamedElements } from './element-issues.ts';
import type { ProposalContent, ProposalDetail, ProposalSummary, RevisionView } from './proposal.dto.ts';
import type { ElementIds, ProposalFacts } from './proposal-facts.ts';
import { type DraftIssues, draftIssues } from './proposal-issues.ts';
import {
  type NodeNames,
  namedElements,
  nodeIdsIn,
  proposalDetail,
  proposalSummary,
  revisionView,
} from './proposal-view.ts';
import { allProposals, findProposal, revisionsOf } from './proposals.repository.ts';

/** How a proposal is named from outside. */
export interface ProposalKey {
  readonly barclamp: string;
  readonly name: string;
}

/** Answers everything that may be asked about proposals. Inside a transaction, pass its `tx`. */
@Injectable()
export class Proposals {
  readonly #database: Database;
  readonly #catalogue: Catalogue;
  readonly #nodes: NodeReader;

  constructor(database: Database, catalogue: Catalogue, nodes: NodeReader) {
    this.#database = database;
    this.#catalogue = catalogue;
    this.#nodes = nodes;
  }

  async list(): Promise<ProposalSummary[]> {
    const all = await allProposals(this.#database.db);
    const names = await this.#namesIn(all.map(({ newest }) => newest.elements));
    return all.map((facts) => proposalSummary(facts, names));
  }

  async detail(key: ProposalKey): Promise<ProposalDetail> {
    const facts = await this.facts(key);
    const names = await this.#namesIn([facts.newest.elements, facts.applied?.elements ?? {}]);
    return proposalDetail(facts, names, await this.issues(facts));
  }

  async revisions(key: ProposalKey): Promise<RevisionView[]> {
    const { id } = await this.facts(key);
    const revisions = await revisionsOf(this.#database.db, id);
    const names = await this.#namesIn(revisions.map(({ elements }) => elements));
    return revisions.map((revision) => revisionView(revision, names));
  }

  /** Throws proposal.not_found. */
  async facts({ barclamp, name }: ProposalKey, tx?: Tx): Promise<ProposalFacts> {
    const facts = await findProposal(tx ?? this.#database.db, barclamp, name);
    if (facts) return facts;
    throw new ProblemError(404, 'proposal.not_found', `There is no proposal ${barclamp}/${name}.`, {
      remedy: `Create it: halligan proposal create ${barclamp} ${name}.`,
    });
  }

  /** All that keeps the newest revision from being committed. */
  async issues({ barclamp, newest }: ProposalFacts, tx?: Tx): Promise<Issue[]> {
    const names = await this.#namesIn([newest.elements], tx);
    const content = { attributes: newest.attributes, elements: namedElements(newest.elements, names) };
    const { refused, open } = await this.check(barclamp, content, tx);
    return [...refused, ...open];
  }

  /** Checks a draft's content against barclamp and nodes. Throws proposal.unknown_barclamp. */
  async check(barclamp: string, { attributes, elements }: ProposalContent, tx?: Tx): Promise<DraftIssues> {
    const nodes = await this.#nodes.byNames([...new Set(Object.values(elements).flat())], tx);
    return draftIssues(this.barclamp(barclamp), attributes, elements, nodes);
  }

  barclamp(name: string) {
    const barclamp = this.#catalogue.find(name);
    if (barclamp) return barclamp;
    const message = `There is no barclamp "${name}".`;
    throw new ProblemError(422, 'proposal.unknown_barclamp', message, {
      remedy: 'halligan barclamp list shows all there are.',
      issues: [{ path: 'barclamp', code: 'proposal.unknown_barclamp', message }],
    });
  }

  /** Elements with ids. Every name must have been checked. */
  async elementIds(elements: NamedElements, tx: Tx): Promise<ElementIds> {
    const nodes = await this.#nodes.byNames([...new Set(Object.values(elements).flat())], tx);
    const ids = new Map(nodes.map(({ name, id }) => [name, id]));
    return Object.fromEntries(
      Object.entries(elements).map(([role, members]) => [
        role,
        members.flatMap((name) => ids.get(name) ?? []),
      ]),
    );
  }

  async #namesIn(elements: readonly ElementIds[], tx?: Tx): Promise<NodeNames> {
    const nodes = await this.#nodes.byIds(nodeIdsIn(...elements), tx);
    return new Map(nodes.map(({ id, name }) => [id, name]));
  }
}
