import { BootSessions } from '@halligan/pxe/boot';
import { type DhcpEvent, DhcpServer, type LeaseStore } from '@halligan/pxe/dhcp';
import { Injectable, Logger } from '@nestjs/common';
import { ServerConfig } from '../../config.ts';
import { Loaders } from '../artifacts/loaders.ts';
import { NetworkBookKeeper } from '../book/network-book-keeper.ts';
import { NodeBook } from '../book/node-book.ts';
import { BootMarks } from '../timeline/boot-marks.ts';
import { dhcpMark } from '../timeline/dhcp-marks.ts';
import { bootFiles } from './boot-files.ts';
import { LeaseCopier } from './lease-copier.ts';

const minute = 60_000;

/** DHCP on the boot interface; what happens becomes leases in the database and marks in the boot timeline. */
@Injectable()
export class DhcpService {
  readonly #log = new Logger(DhcpService.name);
  readonly #config: ServerConfig;
  readonly #sessions: BootSessions;
  readonly #loaders: Loaders;
  readonly #networks: NetworkBookKeeper;
  readonly #nodes: NodeBook;
  readonly #marks: BootMarks;
  readonly #leases: LeaseCopier;
  #server: DhcpServer | null = null;
  #exhaustedAt = 0;

  constructor(
    config: ServerConfig,
    sessions: BootSessions,
    loaders: Loaders,
    networks: NetworkBookKeeper,
    nodes: NodeBook,
    marks: BootMarks,
    leases: LeaseCopier,
  ) {
    this.#config = config;
    this.#sessions = sessions;
    this.#loaders = loaders;
    this.#networks = networks;
    this.#nodes = nodes;
    this.#marks = marks;
    this.#leases = leases;
  }

  async start(leases: LeaseStore): Promise<void> {
    const boot = bootFiles({
      origin: this.#config.publicBootUrl,
      sessions: this.#sessions,
      hasLoader: (name) => this.#loaders.find(name) !== null,
    });
    this.#server = new DhcpServer({
      address: this.#config.bootAddress,
      networks: this.#networks.book,
      leases,
      boot,
      onEvent: (event) => this.#take(event),
    });
    await this.#server.start();
  }

  async stop(): Promise<void> {
    await this.#server?.close();
  }

  #take(event: DhcpEvent): void {
    this.#leases.take(event);
    if ('error' in event) this.#log.error({ msg: 'DHCP', kind: event.kind, error: event.error.message });
    if (event.kind === 'exhausted') this.#exhausted(event.mac);
    if (!('mac' in event)) return;
    const mark = dhcpMark(event, this.#nodes.byMac(event.mac));
    if (mark) this.#marks.note(event.mac, mark);
  }

  /** Once a minute: machines without an address ask every few seconds. */
  #exhausted(mac: string): void {
    if (Date.now() - this.#exhaustedAt < minute) return;
    this.#exhaustedAt = Date.now();
    this.#log.warn({ msg: 'DHCP has no address left: give the network a larger dhcp range', mac });
  }
}
