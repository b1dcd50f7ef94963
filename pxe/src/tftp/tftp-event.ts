/** Who asked, and for what. */
export interface TransferSubject {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly file: string;
  /** `address:port` of the client. */
  readonly peer: string;
}

/** Why a request that could be read was not served; `busy` is not told to the client, which will ask again. */
export type RefusalReason = 'not-found' | 'write' | 'mode' | 'busy' | 'unreadable';

/** Everything that happens in the server. */
export type TftpEvent =
  | ({
      readonly kind: 'started';
      readonly size: number;
      readonly blockSize: number;
      readonly windowSize: number;
    } & TransferSubject)
  | ({
      readonly kind: 'completed';
      readonly bytes: number;
      readonly milliseconds: number;
      readonly repeats: number;
    } & TransferSubject)
  | ({
      readonly kind: 'failed';
      readonly reason: 'timeout' | 'client-error' | 'client-gone' | 'content' | 'aborted';
      readonly detail: string;
      readonly bytes: number;
      readonly milliseconds: number;
    } & TransferSubject)
  | ({ readonly kind: 'refused'; readonly reason: RefusalReason; readonly detail?: string } & TransferSubject)
  | { readonly kind: 'malformed'; readonly from: string }
  | { readonly kind: 'repeated-request'; readonly from: string }
  | { readonly kind: 'socket-error'; readonly error: Error };
