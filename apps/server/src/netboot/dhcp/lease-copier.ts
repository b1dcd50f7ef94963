import type { DhcpEvent } from '@halligan/pxe/dhcp';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { LeaseMirror } from '../../networks/lease-mirror.ts';
import type { LeaseFacts } from '../../networks/network-facts.ts';
import { NetworkBookKeeper } from '../book/network-book-keeper.ts';

const pauseMs = 1_000;
const portion = 500;

/** Copies leases into the database some time later, the newest state of each NIC once. */
@Injectable()
export class LeaseCopier implements OnApplicationShutdown {
  readonly #log = new Logger(LeaseCopier.name);
  readonly #changed = new Map<string, LeaseFacts | null>();
  readonly #mirror: LeaseMirror;
  readonly #networks: NetworkBookKeeper;
  #timer: NodeJS.Timeout | null = null;

  constructor(mirror: LeaseMirror, networks: NetworkBookKeeper) {
    this.#mirror = mirror;
    this.#networks = networks;
  }

  take(event: DhcpEvent): void {
    if (event.kind === 'ack') this.#leased(event);
    else if (event.kind === 'release' || event.kind === 'decline') this.#change(event.mac, null);
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    await this.#flush();
  }

  #leased({ mac, address, network, leaseSeconds, receivedAt }: DhcpEvent & { kind: 'ack' }): void {
    this.#change(mac, {
      mac,
      address,
      networkName: this.#networks.nameOf(network),
      hostname: this.#networks.book.hostName(mac) ?? null,
      expiresAt: new Date(receivedAt + leaseSeconds * 1000),
    });
  }

  #change(mac: string, lease: LeaseFacts | null): void {
    this.#changed.set(mac, lease);
    this.#timer ??= setTimeout(() => void this.#flush(), pauseMs);
  }

  async #flush(): Promise<void> {
    this.#timer = null;
    const batch = [...this.#changed].slice(0, portion);
    for (const [mac] of batch) this.#changed.delete(mac);
    try {
      await this.#mirror.upsert(batch.flatMap(([, lease]) => lease ?? []));
      await this.#mirror.remove(batch.flatMap(([mac, lease]) => (lease ? [] : [mac])));
    } catch (error) {
      for (const [mac, lease] of batch) if (!this.#changed.has(mac)) this.#changed.set(mac, lease);
      this.#log.warn({ msg: 'Copying leases failed; they are tried again', error: String(error) });
    }
    if (this.#changed.size > 0) this.#timer ??= setTimeout(() => void this.#flush(), pauseMs);
  }
}
