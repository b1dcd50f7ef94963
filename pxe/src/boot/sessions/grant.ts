/**
 * What a token allows.
 * - `boot`: one boot's script, files and install file, each once
 * - `agent`: to be exchanged once for a `session`
 * - `session`: the discovery system's calls
 * - `first-boot`, `install`: one call-back each
 */
export type GrantKind = 'boot' | 'agent' | 'session' | 'first-boot' | 'install';

/** One thing a boot may fetch: done once a transfer of it came to its end. */
export interface Resource {
  /** Absolute path on the server; null for what is rendered when asked for. */
  path: string | null;
  tries: number;
  done: boolean;
}

/** What is remembered of a token, in memory and in the journal: never the token itself. */
export interface Grant {
  hash: string;
  kind: GrantKind;
  /** Ties together all grants of one boot; no secret. */
  bootId: string;
  mac: string;
  nodeId: string | null;
  /** Milliseconds since 1970. */
  expiresAt: number;
  /** Hash of the attempt that used a single-use grant; null while unused. */
  usedBy: string | null;
  /** For `boot`: by name, `ipxe`, `install-file` or `f/<name>`. */
  resources: Record<string, Resource>;
  /** For `session`: when the discovery kernel started, in milliseconds since 1970. */
  kernelStartedAt: number | null;
}

export type RefusalReason = 'unknown' | 'expired' | 'reused' | 'wrong-kind' | 'not-granted';

/** Either the grant, or why not. */
export type Admission = { grant: Grant } | { refused: RefusalReason; grant?: Grant };

/** How long each kind lives, in milliseconds; for a session, how long it may be silent. */
export const lifetimes: Readonly<Record<GrantKind, number>> = {
  boot: 30 * 60_000,
  agent: 30 * 60_000,
  session: 24 * 3_600_000,
  'first-boot': 6 * 3_600_000,
  install: 6 * 3_600_000,
};

/** How often one resource may be begun again after transfers that broke off. */
export const maxTries = 20;
