import { createHalliganClient, type HalliganClient } from '@halligan/api-client';
import { fetchPinned } from '@halligan/api-client/node';
import type { CliConfig } from '../config.ts';
import { CommandEnded, ExitCode } from '../exit-code.ts';
import { CredentialsFile } from './credentials-file.ts';

export interface Connection {
  client: HalliganClient;
  baseUrl: string;
  token: string;
  fetch: typeof globalThis.fetch;
}

/** A client of the server named by the environment, else of the one this user signed in to. */
export function connect(config: CliConfig): Connection {
  const saved = new CredentialsFile(config.configDir).read();
  const baseUrl = config.url ?? saved?.url;
  const token = config.token ?? saved?.token;
  const fingerprint = config.fingerprint ?? (baseUrl === saved?.url ? saved?.fingerprint : undefined);
  if (baseUrl === undefined || token === undefined) {
    throw new CommandEnded(
      ExitCode.notAllowed,
      'Not signed in.',
      'Run `halligan login https://SERVER:3000`.',
    );
  }
  const fetch = fingerprint === undefined ? globalThis.fetch : fetchPinned(fingerprint);
  return { client: createHalliganClient({ baseUrl, token, fetch }), baseUrl, token, fetch };
}
