/** Options of a request in the order and spelling of the client. */
export type TftpOptions = ReadonlyMap<string, string>;

/** RRQ or WRQ; the mode is in lower case. */
export interface TftpRequest {
  readonly kind: 'read' | 'write';
  readonly file: string;
  readonly mode: string;
  readonly options: TftpOptions;
}

/**
 * The packets of RFC 1350 section 5 and RFC 2347:
 *
 *     RRQ, WRQ  | 1, 2 | file name | 0 | mode | 0 | option | 0 | value | 0 | ...
 *     DATA      | 3    | block     | 0 to blksize bytes
 *     ACK       | 4    | block     |
 *     ERROR     | 5    | code      | message | 0 |
 *     OACK      | 6    | option | 0 | value | 0 | ...
 *
 * Operation, block and code take two bytes each.
 */
export type TftpPacket =
  | TftpRequest
  | { readonly kind: 'data'; readonly block: number; readonly data: Buffer }
  | { readonly kind: 'ack'; readonly block: number }
  | { readonly kind: 'error'; readonly code: number; readonly message: string }
  | { readonly kind: 'oack'; readonly options: TftpOptions };

/** Operation codes (RFC 1350 section 5, RFC 2347). */
export const operation = { read: 1, write: 2, data: 3, ack: 4, error: 5, oack: 6 } as const;

/** Error codes (RFC 1350 appendix, RFC 2347). */
export const errorCode = {
  other: 0,
  notFound: 1,
  accessViolation: 2,
  illegalOperation: 4,
  badOptions: 8,
} as const;
