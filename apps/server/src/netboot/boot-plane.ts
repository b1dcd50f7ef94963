import { join } from 'node:path';
import { BootSessions, startBootServer } from '@halligan/pxe/boot';
import { LeaseStore } from '@halligan/pxe/dhcp';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ServerConfig } from '../config.ts';
import { ServerAgentDesk } from './agents/agent-desk.ts';
import { Artifacts } from './artifacts/artifacts.ts';
import { Loaders } from './artifacts/loaders.ts';
import { News } from './book/news.ts';
import { NodeBook } from './book/node-book.ts';
import { ServerBootDecider } from './boot/boot-decider.ts';
import { ServerBootObserver } from './boot/boot-observer.ts';
import { Identities } from './boot/identities.ts';
import { DhcpService } from './dhcp/dhcp-service.ts';
import { Mirror } from './mirror/mirror.ts';
import { TftpService } from './tftp/tftp-service.ts';
import { BootMarks } from './timeline/boot-marks.ts';

const sweepMs = 10 * 60_000;

/** DHCP, TFTP, boot HTTP and the package mirror of one boot interface, started and stopped together. */
@Injectable()
export class BootPlane implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #log = new Logger(BootPlane.name);
  readonly #closings: (() => unknown)[] = [];

  constructor(
    private readonly config: ServerConfig,
    private readonly sessions: BootSessions,
    private readonly news: News,
    private readonly nodes: NodeBook,
    private readonly decider: ServerBootDecider,
    private readonly agents: ServerAgentDesk,
    private readonly observer: ServerBootObserver,
    private readonly identities: Identities,
    private readonly marks: BootMarks,
    private readonly loaders: Loaders,
    private readonly artifacts: Artifacts,
    private readonly mirror: Mirror,
    private readonly tftp: TftpService,
    private readonly dhcp: DhcpService,
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
      this.#log.warn({ msg: 'No boot interface: no DHCP, TFTP or package mirror. Give --boot-interface.' });
      return;
    }
    await this.#startOnInterface();
    this.#log.log({ msg: 'The boot plane is up', address: this.config.bootAddress, nodes: this.nodes.size });
  }

  async onApplicationShutdown(): Promise<void> {
    for (const close of this.#closings.splice(0).reverse()) await close();
    await this.marks.settled();
  }

  /** DHCP comes last: nobody is sent to what is not there yet. */
  async #startOnInterface(): Promise<void> {
    void this.artifacts.prepare();
    await this.loaders.prepare();
    await this.mirror.start();
    this.#closings.push(() => this.mirror.stop());
    const leases = await this.#openLeases();
    await this.tftp.start(leases);
    this.#closings.push(() => this.tftp.stop());
    await this.dhcp.start(leases);
    this.#closings.push(() => this.dhcp.stop());
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
    const { decider, agents, observer, sessions } = this;
    const listening = await startBootServer({
      address: this.config.bootAddress,
      port: this.config.bootHttpPort,
      origin: this.config.publicBootUrl,
      backend: { decider, agents, observer },
      sessions,
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
}
