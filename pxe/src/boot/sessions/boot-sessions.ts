import { randomBytes } from 'node:crypto';
import type { Admission, Grant, GrantKind, RefusalReason, Resource } from './grant.ts';
import { lifetimes, maxTries } from './grant.ts';
import { GrantStore } from './grant-store.ts';
import { derivedSecret, mintToken, sameHash, tokenHash } from './token.ts';

export interface BootSessionsOptions {
  /** Where `boot-sessions.journal` and `boot-sessions.key` live; created with mode 0700. */
  dir: string;
  onFault: (error: Error) => void;
  now?: () => number;
}

/** An agent's or a node's repeated call is one attempt: same token, same `X-Attempt-Id`, same body. */
export interface Attempt {
  id: string;
  body: string;
}

/** Who stands behind a token, as the backend needs to know it. */
export interface GrantOwner {
  bootId: string;
  mac: string;
  nodeId: string | null;
}

/**
 * The tokens of all boots under way. Decisions are made in memory, without waiting; every change goes to the
 * journal, so that a killed process knows the same tokens when it comes back.
 */
export class BootSessions {
  private constructor(
    private readonly store: GrantStore,
    private readonly now: () => number,
  ) {}

  static async open(options: BootSessionsOptions): Promise<BootSessions> {
    const now = options.now ?? Date.now;
    return new BootSessions(await GrantStore.open(options.dir, options.onFault, now), now);
  }

  /** Begins a boot of the machine with this card. An unused older boot of the same card stays good until it expires. */
  openBoot(mac: string): { token: string; bootId: string } {
    const bootId = randomBytes(12).toString('hex');
    const token = mintToken();
    const script = { ipxe: { path: null, tries: 0, done: false } };
    this.add(tokenHash(token), 'boot', { bootId, mac, nodeId: null }, script);
    return { token, bootId };
  }

  /** A fresh token; older unused ones of the same kind for the same boot (or node) die. */
  mint(kind: Exclude<GrantKind, 'boot' | 'session'>, owner: GrantOwner): string {
    const token = mintToken();
    this.store.dropUnused(kind, owner);
    this.add(tokenHash(token), kind, owner);
    return token;
  }

  /** Lets a boot fetch these besides its script: `f/<name>` from a path, `install-file` from the backend. */
  allow(grant: Grant, resources: Readonly<Record<string, string | null>>): void {
    const current = this.store.get(grant.hash) ?? grant;
    const added = Object.entries(resources).map(
      ([name, path]) => [name, current.resources[name] ?? { path, tries: 0, done: false }] as const,
    );
    this.store.save({ ...current, resources: { ...current.resources, ...Object.fromEntries(added) } });
  }

  /** May this boot fetch that now? Says nothing is used up yet: `fetched` does. */
  admitFetch(token: string, name: string): Admission {
    const found = this.admit('boot', token);
    if ('refused' in found) return found;
    const resource = Object.hasOwn(found.grant.resources, name) ? found.grant.resources[name] : undefined;
    if (!resource) return { refused: 'not-granted', grant: found.grant };
    if (resource.done || resource.tries >= maxTries) return { refused: 'reused', grant: found.grant };
    return found;
  }

  /** Counts a transfer begun, so that an endless retry ends. */
  fetching(grant: Grant, name: string): void {
    this.change(grant, name, (resource) => ({ ...resource, tries: resource.tries + 1 }));
  }

  /** The transfer came to its end: from now on it is refused. */
  fetched(grant: Grant, name: string): void {
    this.change(grant, name, (resource) => ({ ...resource, done: true }));
  }

  /** The grant behind a token of the given kind, if it is alive. A session's life is renewed. */
  admit(kind: GrantKind, token: string): Admission {
    const hash = tokenHash(token);
    const grant = this.store.get(hash);
    if (!grant || !sameHash(grant.hash, hash)) return { refused: 'unknown' };
    const reason = this.refusal(grant, kind);
    if (reason) return { refused: reason, grant };
    if (kind === 'session') this.store.touch(grant, lifetimes.session);
    return { grant };
  }

  /** As `admit` for single-use tokens: refused when used, unless this very attempt used it. */
  admitOnce(kind: 'agent' | 'first-boot' | 'install', token: string, attempt: Attempt): Admission {
    const found = this.admit(kind, token);
    if ('refused' in found || found.grant.usedBy === null) return found;
    return sameHash(found.grant.usedBy, attemptHash(attempt))
      ? found
      : { refused: 'reused', grant: found.grant };
  }

  /** Marks a single-use grant as used by this attempt. Call it when the work behind it is durable. */
  use(grant: Grant, attempt: Attempt): void {
    this.store.save({ ...(this.store.get(grant.hash) ?? grant), usedBy: attemptHash(attempt) });
  }

  /**
   * Turns an agent token into a session secret: always the same one for the same attempt, so that it can be
   * answered again after a lost answer. Other sessions of the same card end.
   */
  exchange(
    token: string,
    grant: Grant,
    attempt: Attempt,
    agent: { nodeId: string; kernelStartedAt: number | null },
  ): string {
    const secret = derivedSecret(this.store.key, tokenHash(token), attempt.id, attempt.body);
    const owner = { bootId: grant.bootId, mac: grant.mac, nodeId: agent.nodeId };
    this.store.dropSessions(grant.mac, tokenHash(secret));
    const session = this.store.get(tokenHash(secret)) ?? this.add(tokenHash(secret), 'session', owner);
    this.store.save({ ...session, kernelStartedAt: session.kernelStartedAt ?? agent.kernelStartedAt });
    this.use(grant, attempt);
    return secret;
  }

  /** The machine behind this session turned out to be another known node. */
  rebind(session: Grant, nodeId: string): void {
    this.store.save({ ...(this.store.get(session.hash) ?? session), nodeId });
  }

  /** Ends everything that lives for a node, for example when it is deleted. */
  revokeNode(nodeId: string): void {
    this.store.dropNode(nodeId);
  }

  /** Forgets what expired over an hour ago; @returns how many grants are left. */
  sweep(): number {
    return this.store.sweep();
  }

  /** Resolves when a killed process would know everything that was decided so far. */
  written(): Promise<void> {
    return this.store.written();
  }

  close(): Promise<void> {
    return this.store.close();
  }

  private refusal(grant: Grant, kind: GrantKind): RefusalReason | null {
    if (grant.kind !== kind) return 'wrong-kind';
    return grant.expiresAt <= this.now() ? 'expired' : null;
  }

  private add(hash: string, kind: GrantKind, owner: GrantOwner, resources: Grant['resources'] = {}): Grant {
    const grant: Grant = {
      hash,
      kind,
      bootId: owner.bootId,
      mac: owner.mac,
      nodeId: owner.nodeId,
      expiresAt: this.now() + lifetimes[kind],
      usedBy: null,
      resources,
      kernelStartedAt: null,
    };
    this.store.save(grant);
    return grant;
  }

  private change(grant: Grant, name: string, edit: (resource: Resource) => Resource): void {
    const current = this.store.get(grant.hash);
    const resource = current?.resources[name];
    if (!current || !resource) return;
    this.store.save({ ...current, resources: { ...current.resources, [name]: edit(resource) } });
  }
}

function attemptHash(attempt: Attempt): string {
  return tokenHash(JSON.stringify([attempt.id, attempt.body]));
}
