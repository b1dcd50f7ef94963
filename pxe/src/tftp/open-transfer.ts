import type { RemoteInfo, Socket } from 'node:dgram';
import { bindUdp, closeUdp } from '../shared/udp-socket.ts';
import { negotiate, type TransferLimits, type TransferTerms } from './negotiate.ts';
import { toNetascii } from './netascii.ts';
import { memoryContent, openContent, type TftpContent, type TftpFile } from './tftp-content.ts';
import type { TftpOptions } from './tftp-packet.ts';
import { Transfer } from './transfer.ts';

/** Text is converted whole before it is sent, so only text of a sane size is. */
const largestText = 16 * 1024 * 1024;

/** A transfer about to begin. */
export interface TransferRequest {
  readonly file: TftpFile;
  /** `octet` or `netascii`. */
  readonly mode: string;
  readonly options: TftpOptions;
  readonly peer: RemoteInfo;
  /** The server's own address: a client that asked it expects the answer from it. */
  readonly address: string;
  readonly limits: TransferLimits;
}

/** Opens content and socket; whatever was opened is closed again when the other cannot be. */
export async function openTransfer(
  request: TransferRequest,
): Promise<{ transfer: Transfer; terms: TransferTerms; size: number }> {
  const content = await contentOf(request);
  try {
    const socket = await connectedSocket(request.address, request.peer);
    const terms = negotiate(request.options, request.limits, content.size);
    return { transfer: new Transfer(socket, content, terms), terms, size: content.size };
  } catch (error) {
    await content.close();
    throw error;
  }
}

async function contentOf({ file, mode }: TransferRequest): Promise<TftpContent> {
  const content = await openContent(file);
  if (mode === 'octet') return content;
  try {
    if (content.size > largestText)
      throw new Error(`netascii is for text of up to ${largestText} bytes; ask for octet`);
    return memoryContent(toNetascii(await content.read(0, content.size)));
  } finally {
    await content.close();
  }
}

async function connectedSocket(address: string, peer: RemoteInfo): Promise<Socket> {
  const socket = await bindUdp({ address, port: 0 });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.connect(peer.port, peer.address, () => {
        socket.off('error', reject);
        resolve();
      });
    });
    return socket;
  } catch (error) {
    await closeUdp(socket);
    throw error;
  }
}
