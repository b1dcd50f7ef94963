import { join } from 'node:path';
import {
  type BootBackend,
  type BootObserver,
  BootSessions,
  type Listening,
  type Served,
  startBootServer,
} from '@halligan/pxe/boot';
import { type DhcpEvent, DhcpServer, LeaseStore, parseIpv4 } from '@halligan/pxe/dhcp';
import { TftpServer } from '@halligan/pxe/tftp';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ServerConfig } from '../config.ts';
import { ServerAgentDesk } from './agents/agent-desk.ts';
import { Artifacts } from './artifacts/artifacts.ts';
import { Loaders } from './artifacts/loaders.ts';
import { NetworkBookKeeper } from './book/network-book-keeper.ts';
import { News } from './book/news.ts';
import { NodeBook } from './book/node-book.ts';
import { ServerBootDecider } from './boot/boot-decider.ts';
import { Identities } from './boot/identities.ts';
import { RefusalLog } from './boot/refusal-log.ts';
import { bootFiles } from './dhcp/boot-files.ts';
import { LeaseCopier } from './dhcp/lease-copier.ts';
import { Mirror } from './mirror/mirror.ts';
import { BootMarks } from './timeline/boot-marks.ts';
import { dhcpMark } from './timeline/dhcp-marks.ts';
import { servedMark } from './timeline/served-marks.ts';

const sweepMs = 10 * 60_000;

/** DHCP, TFTP, boot HTTP and the package mirror of one boot interface, started and stopped together. */
@Injectable()
export class BootPlane implements OnApplicationBootstrap, OnApplicationShutdown, BootObserver {
  readonly #log = new Logger(BootPlane.name);
  readonly #closings: (() => unknown)[] = [];
  #exhaustedAt = 0;

  constructor(
    private readonly config: ServerConfig,
    private readonly news: News,
    private readonly nodes: NodeBook,
    private readonly networks: NetworkBookKeeper,
    private readonly decider: ServerBootDecider,
    private readonly agents: ServerAgentDesk,
    private readonly marks: BootMarks,
    private readonly leases: LeaseCopier,
    private readonly loaders: Loaders,
    private readonly artifacts: Artifacts,
    private readonly mirror: Mirror,
    private readonly refusals: RefusalLog,
    private readonly identities: Identities,
    private readonly sessions: BootSessions,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.news.start();
    this.#closings.push(() => this.news.stop());
    this.#closings.push(
      () => this.artifacts.stop(),
      () => this.identities.stop(),
      () => this.marks.stop(),
    );
    this.#tendSessions();
    await this.#startBootHttp();
    if (this.config.bootInterface === null) {
      this.#log.warn({
        msg: 'No boot interface is set: no DHCP, TFTP or package mirror. Give --boot-interface.',
      });
      return;
    }
    void this.artifacts.prepare();
    await this.loaders.prepare();
    await this.mirror.start();
    this.#closings.push(() => this.mirror.stop());
    const store = await this.#openLeases();
    await this.#startTftp(store);
    await this.#startDhcp(store);
    this.#log.log({ msg: 'The boot plane is up', address: this.config.bootAddress, nodes: this.nodes.size });
  }

  async onApplicationShutdown(): Promise<void> {
    for (const close of this.#closings.splice(0).reverse()) await close();
    await this.marks.settled();
  }

  refused(refusal: Parameters<BootObserver['refused']>[0]): void {
    this.refusals.note(refusal);
  }

  served(event: Served): void {
    const mark = servedMark(event);
    if (mark) this.marks.note(event.mac, mark);
  }

  malformed(address: string | null): void {
    this.#log.debug(`malformed request from ${address ?? 'a closed connection'}`);
  }

  failed(resource: string, error: unknown): void {
    this.#log.error({
      msg: 'A boot request failed',
      resource,
      error: error instanceof Error ? error.stack : String(error),
    });
  }

  #tendSessions(): void {
    const sweep = setInterval(() => this.sessions.sweep(), sweepMs).unref();
    this.news.onNode((nodeId, event) => {
      if (event.type === 'node.deleted') this.sessions.revokeNode(nodeId);
    });
    this.#closings.push(() => {
      clearInterval(sweep);
      return this.sessions.close();
    });
  }

  async #startBootHttp(): Promise<void> {
    const backend: BootBackend = { decider: this.decider, agents: this.agents, observer: this };
    const listening: Listening = await startBootServer({
      address: this.config.bootAddress,
      port: this.config.bootHttpPort,
      origin: this.config.publicBootUrl,
      backend,
      sessions: this.sessions,
      loader: (name) => this.loaders.find(name),
    });
    this.#closings.push(() => listening.close());
  }

  async #openLeases(): Promise<LeaseStore> {
    const { store, recovery } = await LeaseStore.open(join(this.config.dataDir, 'netboot'));
    this.#closings.push(() => store.close());
    if (recovery.tornBytes > 0 || recovery.unreadableLines > 0) {
      this.#log.warn({ msg: 'The lease journal was damaged; what could be read is kept', ...recovery });
    }
    return store;
  }

  async #startTftp(store: LeaseStore): Promise<void> {
    const tftp = new TftpServer({
      address: this.config.bootAddress,
      resolve: (name) => {
        const path = this.loaders.find(name);
        return path === null ? null : { path };
      },
      onEvent: (event) => {
        if (event.kind !== 'started') return;
        const address = event.peer.slice(0, event.peer.lastIndexOf(':'));
        const mac = store.book.at(parseIpv4(address))?.mac;
        if (mac !== undefined) this.marks.note(mac, { name: 'loader', at: event.at, detail: event.file });
      },
    });
    await tftp.start();
    this.#closings.push(() => tftp.close());
  }

  async #startDhcp(store: LeaseStore): Promise<void> {
    const { sessions } = this;
    const origin = this.config.publicBootUrl;
    const boot = bootFiles({ origin, sessions, hasLoader: (name) => this.loaders.find(name) !== null });
    const dhcp = new DhcpServer({
      address: this.config.bootAddress,
      networks: this.networks.book,
      leases: store,
      boot,
      onEvent: (event) => this.#dhcp(event),
    });
    await dhcp.start();
    this.#closings.push(() => dhcp.close());
  }

  #dhcp(event: DhcpEvent): void {
    this.leases.take(event);
    const mark = 'mac' in event ? dhcpMark(event, this.nodes.byMac(event.mac)) : null;
    if (mark && 'mac' in event) this.marks.note(event.mac, mark);
    if ('error' in event) this.#log.error({ msg: 'DHCP', kind: event.kind, error: event.error.message });
    if (event.kind === 'exhausted') this.#exhausted(event.mac);
  }

  /** Once a minute: machines without an address ask every few seconds. */
  #exhausted(mac: string): void {
    if (Date.now() - this.#exhaustedAt < 60_000) return;
    this.#exhaustedAt = Date.now();
    this.#log.warn({ msg: 'DHCP has no address left: give the network a larger dhcp range', mac });
  }
}
