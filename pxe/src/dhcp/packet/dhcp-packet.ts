import type { Ipv4 } from '../ipv4.ts';
import { type OptionDefinition, OptionError } from '../options/option-format.ts';

/** Raw option bytes by code, in the order they came or will be sent; long options are already joined. */
export type OptionBytes = ReadonlyMap<number, Buffer>;

/**
 * A DHCP message (RFC 2131 section 2):
 *
 *     0        1        2        3
 *     +--------+--------+--------+--------+
 *     | op     | htype  | hlen   | hops   |
 *     | xid                               |
 *     | secs            | flags           |
 *     | ciaddr  yiaddr  siaddr  giaddr    |  four bytes each
 *     | chaddr (16)                       |
 *     | sname (64)  file (128)            |
 *     | 99 130 83 99    | options ...     |
 */
export interface DhcpPacket {
  readonly op: number;
  readonly htype: number;
  readonly hops: number;
  readonly xid: number;
  readonly secs: number;
  readonly broadcast: boolean;
  readonly ciaddr: Ipv4;
  readonly yiaddr: Ipv4;
  readonly siaddr: Ipv4;
  readonly giaddr: Ipv4;
  /** `hlen` bytes, at most 16. */
  readonly chaddr: Buffer;
  /** Empty when the field carried options (option 52) or nothing. */
  readonly sname: string;
  readonly file: string;
  readonly options: OptionBytes;
}

/** Where things lie in the fixed part of a message. */
export const layout = {
  chaddr: 28,
  sname: 44,
  file: 108,
  cookie: 236,
  options: 240,
} as const;

/** Marks the options field as DHCP's (RFC 2131 section 3). */
export const magicCookie = 0x63825363;

/** BOOTP's `op` values. */
export const op = { request: 1, reply: 2 } as const;

/** Values of option 53 (RFC 2132 section 9.6). */
export const messageType = {
  discover: 1,
  offer: 2,
  request: 3,
  decline: 4,
  ack: 5,
  nak: 6,
  release: 7,
  inform: 8,
} as const;

/** Why bytes are not a DHCP message; each reason is a counter. */
export type MalformedReason =
  | 'too-short'
  | 'bad-cookie'
  | 'bad-hardware-length'
  | 'truncated-option'
  | 'bad-overload'
  | 'bad-option-value';

/** The bytes cannot be read as a DHCP message. */
export class MalformedPacketError extends Error {
  readonly code = 'dhcp.malformed_packet';
  readonly reason: MalformedReason;

  constructor(reason: MalformedReason, detail: string) {
    super(detail);
    this.reason = reason;
  }
}

/** The option's value, or undefined when it is absent; a value that breaks its layout makes the packet malformed. */
export function readOption<Value>(
  options: OptionBytes,
  definition: OptionDefinition<Value>,
): Value | undefined {
  const bytes = options.get(definition.code);
  if (bytes === undefined) return undefined;
  try {
    return definition.format.decode(bytes);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    throw new MalformedPacketError('bad-option-value', `option ${definition.code}: ${error.message}`);
  }
}

/** As readOption, but a broken value counts as absent: for options that only describe the client. */
export function readLenientOption<Value>(
  options: OptionBytes,
  definition: OptionDefinition<Value>,
): Value | undefined {
  const bytes = options.get(definition.code);
  if (bytes === undefined) return undefined;
  try {
    return definition.format.decode(bytes);
  } catch (error) {
    if (error instanceof OptionError) return undefined;
    throw error;
  }
}
