import { type LeaseStore, parseIpv4 } from '@halligan/pxe/dhcp';
import { checkTftp, type TftpEvent, TftpServer } from '@halligan/pxe/tftp';
import { Injectable, Logger } from '@nestjs/common';
import { ServerConfig } from '../../config.ts';
import { Loaders } from '../artifacts/loaders.ts';
import { BootMarks } from '../timeline/boot-marks.ts';

const port = 69;

/** TFTP on the boot interface: boot loaders and nothing else. */
@Injectable()
export class TftpService {
  readonly #log = new Logger(TftpService.name);
  readonly #config: ServerConfig;
  readonly #loaders: Loaders;
  readonly #marks: BootMarks;
  #server: TftpServer | null = null;

  constructor(config: ServerConfig, loaders: Loaders, marks: BootMarks) {
    this.#config = config;
    this.#loaders = loaders;
    this.#marks = marks;
  }

  async start(leases: LeaseStore): Promise<void> {
    this.#server = new TftpServer({
      address: this.#config.bootAddress,
      port,
      resolve: (name) => {
        const path = this.#loaders.find(name);
        return path === null ? null : { path };
      },
      onEvent: (event) => this.#take(event, leases),
    });
    await this.#server.start();
    void this.#check();
  }

  async stop(): Promise<void> {
    await this.#server?.close();
  }

  #take(event: TftpEvent, leases: LeaseStore): void {
    if (event.kind !== 'started') return;
    const address = event.peer.slice(0, event.peer.lastIndexOf(':'));
    const mac = leases.book.at(parseIpv4(address))?.mac;
    if (mac !== undefined) this.#marks.note(mac, { name: 'loader', at: event.at, detail: event.file });
  }

  /** Fetches a loader as firmware would, with another's client. */
  async #check(): Promise<void> {
    const [name] = this.#loaders.names();
    if (name === undefined) return;
    try {
      const { bytes, milliseconds } = await checkTftp(this.#config.bootAddress, port, name);
      this.#log.debug(`TFTP serves ${name}: ${bytes} bytes in ${milliseconds} ms`);
    } catch (error) {
      this.#log.error({ msg: 'TFTP does not serve', file: name, error: (error as Error).message });
    }
  }
}
