import { operation, type TftpOptions } from './tftp-packet.ts';

/** RRQ. */
export function encodeRead(file: string, mode: string, options: TftpOptions = new Map()): Buffer {
  return Buffer.concat([
    Buffer.from([0, operation.read]),
    Buffer.from(`${file}\0${mode}\0`),
    encodePairs(options),
  ]);
}

/** The four bytes before a block's data; the number wraps after 65535, so a file may be of any size. */
export function encodeDataHeader(block: number): Buffer {
  return encodeNumbered(operation.data, block);
}

/** ACK. */
export function encodeAck(block: number): Buffer {
  return encodeNumbered(operation.ack, block);
}

/** ERROR. */
export function encodeError(code: number, message: string): Buffer {
  return Buffer.concat([encodeNumbered(operation.error, code), Buffer.from(`${message}\0`)]);
}

/** OACK. */
export function encodeOack(options: TftpOptions): Buffer {
  return Buffer.concat([Buffer.from([0, operation.oack]), encodePairs(options)]);
}

function encodeNumbered(code: number, value: number): Buffer {
  return Buffer.from([0, code, (value >>> 8) & 255, value & 255]);
}

function encodePairs(options: TftpOptions): Buffer {
  return Buffer.from([...options].map(([name, value]) => `${name}\0${value}\0`).join(''));
}
