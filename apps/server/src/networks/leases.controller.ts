import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { Database } from '../shared/database/database.ts';
import { Answers } from '../shared/http/answers.ts';
import { LeastRole } from '../shared/http/least-role.ts';
import { LeaseView } from './network.dto.ts';
import { currentLeases } from './networks.repository.ts';

@Controller('leases')
export class LeasesController {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  @Get()
  @LeastRole('viewer')
  @Answers(200, z.array(LeaseView), 'Leases that have not run out')
  async list(): Promise<z.infer<typeof LeaseView>[]> {
    const leases = await currentLeases(this.#database.db);
    return leases.map(({ mac, address, networkName, hostname, expiresAt, node }) => ({
      mac,
      address,
      network: networkName,
      hostname,
      expiresAt: expiresAt.toISOString(),
      node,
    }));
  }
}
