import { networkInterfaces } from 'node:os';
import { parseSubnet } from '@halligan/pxe/dhcp';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { ConfigError, ServerConfig } from '../config.ts';
import { Database } from '../shared/database/database.ts';
import { Events } from '../shared/events/events.ts';
import { planRanges } from './address-plan.ts';
import { ADMIN_NETWORK, type NetworkFacts } from './network-facts.ts';
import { findNetwork, saveNetwork } from './networks.repository.ts';

/** Sees to it that there is an admin network: made once from the boot interface's address, then left to people. */
@Injectable()
export class AdminNetwork implements OnModuleInit {
  readonly #config: ServerConfig;
  readonly #database: Database;
  readonly #events: Events;
  readonly #log = new Logger(AdminNetwork.name);

  constructor(config: ServerConfig, database: Database, events: Events) {
    this.#config = config;
    this.#database = database;
    this.#events = events;
  }

  async onModuleInit(): Promise<void> {
    if (this.#config.bootInterface === null) return;
    const created = await this.ensure(interfaceAddress(this.#config.bootInterface));
    if (created)
      this.#log.log({ msg: 'The admin network was made from the boot interface', cidr: created.cidr });
  }

  /** `address` with its prefix, such as 10.78.0.1/24. Answers the network when it was made now, else null. */
  async ensure(address: string): Promise<NetworkFacts | null> {
    const { cidr } = parseSubnet(address);
    const [own = ''] = address.split('/');
    const network = { name: ADMIN_NETWORK, cidr, gateway: null, dns: [], ranges: planRanges(cidr, own) };
    return this.#database.transaction(async (tx) => {
      if ((await findNetwork(tx, ADMIN_NETWORK)) !== null) return null;
      await saveNetwork(tx, network);
      await this.#events.record(tx, {
        type: 'network.updated',
        subjectKind: 'network',
        subjectId: ADMIN_NETWORK,
        data: { cidr },
      });
      return network;
    });
  }
}

function interfaceAddress(name: string): string {
  const found = networkInterfaces()[name]?.find(({ family, cidr }) => family === 'IPv4' && cidr !== null);
  if (found?.cidr) return found.cidr;
  throw new ConfigError(
    `boot-interface: ${name} has no IPv4 address here. Give it one (ip address add …) or name another.`,
  );
}
