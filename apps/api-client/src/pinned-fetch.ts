import { connect, type TLSSocket } from 'node:tls';
import { Agent, buildConnector, fetch as undiciFetch } from 'undici';

/**
 * A fetch for Node that talks only to the server whose certificate has this SHA-256 fingerprint
 * (`AA:BB:…`), whoever signed it. Any other certificate ends the connection before a byte is sent.
 */
export function fetchPinned(fingerprint: string): typeof globalThis.fetch {
  const wanted = normalise(fingerprint);
  // A resumed TLS session shows no certificate, so none is kept.
  const open = buildConnector({ rejectUnauthorized: false, maxCachedSessions: 0 });
  const dispatcher = new Agent({
    bodyTimeout: 0,
    connect: (options, callback) =>
      open(options, (error, socket) => {
        if (error !== null) return callback(error, null);
        const seen = normalise((socket as TLSSocket).getPeerCertificate().fingerprint256 ?? '');
        if (seen === wanted) return callback(null, socket);
        socket.destroy();
        return callback(
          new Error(`the server's certificate has fingerprint ${seen}, not the pinned ${wanted}`),
          null,
        );
      }),
  });
  return ((url: string, init?: object) =>
    undiciFetch(url, { ...init, dispatcher })) as typeof globalThis.fetch;
}

/** The SHA-256 fingerprint of the certificate a server shows now, for a person to compare. */
export function readFingerprint(baseUrl: string, timeoutMs = 10_000): Promise<string> {
  const url = new URL(baseUrl);
  return new Promise((resolve, reject) => {
    const socket = connect(
      { host: url.hostname, port: Number(url.port || 443), rejectUnauthorized: false, timeout: timeoutMs },
      () => {
        resolve(socket.getPeerCertificate().fingerprint256);
        socket.end();
      },
    );
    socket.once('error', reject);
    socket.once('timeout', () => socket.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)));
  });
}

function normalise(fingerprint: string): string {
  return fingerprint.replaceAll(':', '').toUpperCase();
}
