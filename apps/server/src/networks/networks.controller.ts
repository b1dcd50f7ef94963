import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../shared/actor.ts';
import { Audit } from '../shared/audit.ts';
import { Database } from '../shared/database/database.ts';
import { Events } from '../shared/events/events.ts';
import { Answers } from '../shared/http/answers.ts';
import { CurrentActor } from '../shared/http/current-actor.ts';
import { LeastRole } from '../shared/http/least-role.ts';
import { ProblemError } from '../shared/problem.error.ts';
import { NetworkInput, NetworkName, NetworkView } from './network.dto.ts';
import { NetworkReader } from './network-reader.ts';
import { networkIssues } from './network-rules.ts';
import { saveNetwork } from './networks.repository.ts';

@Controller('networks')
export class NetworksController {
  readonly #database: Database;
  readonly #reader: NetworkReader;
  readonly #audit: Audit;
  readonly #events: Events;

  constructor(database: Database, reader: NetworkReader, audit: Audit, events: Events) {
    this.#database = database;
    this.#reader = reader;
    this.#audit = audit;
    this.#events = events;
  }

  @Get()
  @LeastRole('viewer')
  @Answers(200, z.array(NetworkView), 'All networks')
  list(): Promise<NetworkView[]> {
    return this.#reader.all();
  }

  @Put(':name')
  @LeastRole('admin')
  @Answers(200, NetworkView, 'The network as it now is')
  async put(
    @Param('name', { schema: NetworkName }) name: string,
    @Body({ schema: NetworkInput }) input: z.infer<typeof NetworkInput>,
    @CurrentActor() actor: Actor,
  ): Promise<NetworkView> {
    const issues = networkIssues(input);
    if (issues.length > 0)
      throw new ProblemError(422, 'network.invalid', `The plan of network ${name} does not hold together.`, {
        issues,
      });
    const network = { name, ...input };
    await this.#database.transaction(async (tx) => {
      await saveNetwork(tx, network);
      await this.#audit.record(tx, {
        actor,
        action: 'network.save',
        subjectKind: 'network',
        subjectId: name,
        outcome: 'done',
        detail: { ...input },
      });
      await this.#events.record(tx, {
        type: 'network.updated',
        subjectKind: 'network',
        subjectId: name,
        data: { cidr: input.cidr },
      });
    });
    return network;
  }
}
