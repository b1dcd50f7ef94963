import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, Namespace } from '../../testing/namespaces.ts';
import type { Service } from '../../testing/run.ts';
import type { DhcpNetworkSettings } from '../networks/dhcp-network.ts';
import type { KnownNic } from '../networks/memory-network-book.ts';
import type { DhcpEvent } from '../server/dhcp-event.ts';
import { writeClientScript } from './client-script.ts';

const entry = new URL('../../../dist/dhcp/testing/serve-dhcp.js', import.meta.url).pathname;

/** The built server's entry; tests run it as a process, which the sources cannot be without a build. */
export function builtServer(): string {
  if (!existsSync(entry)) throw new Error(`${entry} is missing; run \`npm run build\` first`);
  return entry;
}

/** A server and a client namespace joined by a cable, the server's process, and what it tells. */
export class DhcpRack {
  readonly folder: string;
  readonly script: string;
  readonly server: Namespace;
  readonly client: Namespace;
  #service: Service | undefined;

  private constructor(parts: { folder: string; script: string; server: Namespace; client: Namespace }) {
    this.folder = parts.folder;
    this.script = parts.script;
    this.server = parts.server;
    this.client = parts.client;
  }

  static async build(): Promise<DhcpRack> {
    const folder = await mkdtemp(join(tmpdir(), 'dhcp-rack-'));
    const script = await writeClientScript(join(folder, 'client-script'));
    const [server, client] = [await Namespace.create('server'), await Namespace.create('client')];
    await connect(
      { namespace: server, name: 'eth0', address: '10.78.0.1/24' },
      { namespace: client, name: 'eth0' },
    );
    return new DhcpRack({ folder, script, server, client });
  }

  /** Starts the server, with its leases kept from one start to the next. */
  async serve(networks: readonly DhcpNetworkSettings[], nics: readonly KnownNic[] = []): Promise<void> {
    const settings = { address: '10.78.0.1', data: join(this.folder, 'data'), networks, nics };
    this.#service = this.server.start(process.execPath, builtServer(), JSON.stringify(settings));
    await this.#service.line((line) => line.startsWith('ready'));
  }

  async stop(): Promise<void> {
    await this.#service?.stop();
    this.#service = undefined;
  }

  /** The first event, past or to come, of these values. */
  async event(wanted: Partial<Record<string, unknown>>): Promise<DhcpEvent> {
    const fits = (line: string) => {
      if (!line.startsWith('{')) return false;
      const event = JSON.parse(line) as Record<string, unknown>;
      return Object.entries(wanted).every(([name, value]) => event[name] === value);
    };
    return JSON.parse((await this.#service?.line(fits)) ?? '{}') as DhcpEvent;
  }

  async mac(): Promise<string> {
    const [, mac = ''] = /link\/ether (\S+)/.exec(await this.client.ip('link', 'show', 'eth0')) ?? [];
    return mac;
  }

  async remove(): Promise<void> {
    await this.stop();
    await this.client.remove();
    await this.server.remove();
    await rm(this.folder, { recursive: true });
  }
}
