import tftp from 'tftp';

/** What a self-check fetched. */
export interface TftpCheck {
  readonly bytes: number;
  readonly milliseconds: number;
}

/** The file could not be fetched; the message says from where and what to look at. */
export class TftpCheckError extends Error {
  readonly code = 'tftp.check_failed';
}

/**
 * Fetches a whole file with an independent client (the `tftp` package), as a node's firmware would, and throws it
 * away. Gives up after about three seconds without an answer.
 */
export async function checkTftp(host: string, port: number, name: string): Promise<TftpCheck> {
  const started = performance.now();
  const client = tftp.createClient({ host, port, retries: 2, timeout: 1000 });
  try {
    const bytes = await countBytes(client.createGetStream(name));
    return { bytes, milliseconds: Math.round(performance.now() - started) };
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new TftpCheckError(
      `tftp://${host}:${port}/${name} cannot be fetched (${detail}); is the netboot process running, and is UDP port ${port} open?`,
      { cause },
    );
  }
}

function countBytes(stream: NodeJS.ReadableStream): Promise<number> {
  return new Promise((resolve, reject) => {
    let bytes = 0;
    stream.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    stream.on('error', reject);
    stream.on('abort', () => reject(new Error('aborted')));
    stream.on('end', () => resolve(bytes));
  });
}
