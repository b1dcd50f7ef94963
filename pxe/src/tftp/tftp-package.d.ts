declare module 'tftp' {
  import type { Readable } from 'node:stream';

  interface ClientOptions {
    readonly host: string;
    readonly port?: number;
    readonly blockSize?: number;
    readonly windowSize?: number;
    readonly retries?: number;
    /** Milliseconds. */
    readonly timeout?: number;
  }

  interface GetStream extends Readable {
    abort(message?: string): void;
  }

  interface Client {
    createGetStream(remote: string): GetStream;
  }

  const tftp: { createClient(options: ClientOptions): Client };
  export default tftp;
}
