import { rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** Why QEMU stopped running the guest, in QEMU's words (`guest-reset`, `guest-shutdown`, `host-signal` …). */
export type ShutdownReason = string;

interface QmpMessage {
  readonly QMP?: unknown;
  readonly event?: string;
  readonly data?: { readonly reason?: string };
}

/** The line to one QEMU process: it calls us when it starts, so nothing has to be polled. */
export class Qmp {
  readonly connected: Promise<void>;
  #reason: ShutdownReason | undefined;
  #socket: Socket | undefined;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.connected = new Promise((resolve) => {
      server.once('connection', (socket) => {
        this.#socket = socket;
        // QEMU leaving resets the connection; its end is known from the process.
        const leave = () => socket.destroy();
        socket.on('error', leave);
        createInterface({ input: socket })
          .on('error', leave)
          .on('line', (line) => this.#onMessage(JSON.parse(line), resolve));
      });
    });
  }

  static async listen(path: string): Promise<Qmp> {
    await rm(path, { force: true });
    const server = createServer();
    const qmp = new Qmp(server);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(path, resolve);
    });
    return qmp;
  }

  /** Known as soon as QEMU announced that it stops. */
  get shutdownReason(): ShutdownReason | undefined {
    return this.#reason;
  }

  /** Presses the power button: the guest may shut down in its own time. */
  pressPowerButton(): void {
    this.#socket?.write('{"execute":"system_powerdown"}\n');
  }

  close(): void {
    this.#socket?.destroy();
    this.#server.close();
  }

  #onMessage(message: QmpMessage, onReady: () => void): void {
    if (message.QMP !== undefined) {
      this.#socket?.write('{"execute":"qmp_capabilities"}\n');
      onReady();
    }
    if (message.event === 'SHUTDOWN') this.#reason = message.data?.reason;
  }
}
