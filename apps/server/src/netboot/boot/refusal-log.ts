import type { Refusal } from '@halligan/pxe/boot';
import { Injectable, Logger } from '@nestjs/common';
import { Audit } from '../../shared/audit.ts';
import { NodeBook } from '../book/node-book.ts';

/** So many refusals of one address are written down per minute; more are only counted, lest a flood fill the disk. */
const perMinute = 30;
const minute = 60_000;
const maxAddresses = 1_000;

/** Writes refused tokens into the audit. */
@Injectable()
export class RefusalLog {
  readonly #log = new Logger(RefusalLog.name);
  readonly #audit: Audit;
  readonly #nodes: NodeBook;
  #windowStart = 0;
  #counts = new Map<string, number>();

  constructor(audit: Audit, nodes: NodeBook) {
    this.#audit = audit;
    this.#nodes = nodes;
  }

  note(refusal: Refusal): void {
    if (!this.#isWanted(refusal.address)) return;
    const { reason, resource, address, mac, nodeId, bootId } = refusal;
    const node = this.#nodes.byId(nodeId ?? '') ?? this.#nodes.byMac(mac ?? '');
    this.#audit
      .note({
        actor: node === undefined ? 'system' : `node:${node.name}`,
        action: 'boot.refused',
        subjectKind: 'node',
        subjectId: node?.nodeId ?? mac ?? address,
        outcome: 'refused',
        address,
        detail: { reason, resource, mac, bootId },
      })
      .catch((error: Error) =>
        this.#log.warn({ msg: 'A refusal could not be audited', reason, resource, error: error.message }),
      );
  }

  #isWanted(address: string): boolean {
    const now = Date.now();
    if (now - this.#windowStart > minute) {
      this.#tellSuppressed();
      this.#windowStart = now;
      this.#counts = new Map();
    }
    const key = this.#counts.size >= maxAddresses && !this.#counts.has(address) ? 'others' : address;
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count <= perMinute;
  }

  #tellSuppressed(): void {
    for (const [address, count] of this.#counts) {
      if (count > perMinute)
        this.#log.warn({ msg: 'Many refusals; not all are in the audit', address, count });
    }
  }
}
