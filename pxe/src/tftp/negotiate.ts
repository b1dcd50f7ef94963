import type { TftpOptions } from './tftp-packet.ts';

/** What the server allows at most. */
export interface TransferLimits {
  /** Bytes; 1468 fills an Ethernet frame without fragments, which boot ROMs handle badly. */
  readonly blockSize: number;
  /** Blocks. */
  readonly windowSize: number;
}

/** How a transfer will run. */
export interface TransferTerms {
  readonly blockSize: number;
  readonly windowSize: number;
  /** Milliseconds between repetitions; undefined leaves it to the server. */
  readonly timeout: number | undefined;
  /** The options to confirm, in the client's order and spelling; empty means none and no OACK. */
  readonly confirmed: TftpOptions;
}

type Negotiator = (value: number, limits: TransferLimits, size: number) => number | undefined;

/**
 * RFC 2348, 2349 and 7440. A value out of bounds counts as not asked, one above our limit is lowered. A timeout above
 * half a minute would let silent clients fill the table, and curl refuses an empty file whose size is confirmed.
 */
const negotiators: ReadonlyMap<string, Negotiator> = new Map(
  Object.entries({
    blksize: (value, limits) =>
      value >= 8 && value <= 65464 ? Math.min(value, limits.blockSize) : undefined,
    windowsize: (value, limits) =>
      value >= 1 && value <= 65535 ? Math.min(value, limits.windowSize) : undefined,
    timeout: (value) => (value >= 1 && value <= 30 ? value : undefined),
    tsize: (_value, _limits, size) => (size > 0 ? size : undefined),
  } satisfies Record<string, Negotiator>),
);

/** Settles the terms for content of `size` bytes; option names are compared without regard to case (RFC 2347). */
export function negotiate(options: TftpOptions, limits: TransferLimits, size: number): TransferTerms {
  const agreed = new Map<string, number>();
  const confirmed = new Map<string, string>();
  for (const [spelling, text] of options) {
    const name = spelling.toLowerCase();
    const value = /^\d{1,10}$/.test(text) ? negotiators.get(name)?.(Number(text), limits, size) : undefined;
    if (value === undefined || agreed.has(name)) continue;
    agreed.set(name, value);
    confirmed.set(spelling, String(value));
  }
  const seconds = agreed.get('timeout');
  return {
    blockSize: agreed.get('blksize') ?? 512,
    windowSize: agreed.get('windowsize') ?? 1,
    timeout: seconds === undefined ? undefined : seconds * 1000,
    confirmed,
  };
}
