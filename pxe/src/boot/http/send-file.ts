import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ByteRange, parseRange } from './byte-range.ts';
import type { ServedFile } from './file-cache.ts';

/** `complete` when the last byte of the file went out to a client that was still there. */
export interface Sent {
  complete: boolean;
  bytes: number;
}

const chunkSize = 256 * 1024;

/** Answers GET and HEAD for a file: whole, one range, or 304; never faster than the client reads. */
export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: ServedFile,
): Promise<Sent> {
  const nothing = { complete: false, bytes: 0 };
  response.setHeader('Accept-Ranges', 'bytes');
  response.setHeader('ETag', file.etag);
  if (request.headers['if-none-match'] === file.etag) {
    response.writeHead(304).end();
    return nothing;
  }
  const range = wantedRange(request, file);
  if (range === 'unsatisfiable') {
    response.writeHead(416, { 'Content-Range': `bytes */${file.size}` }).end();
    return nothing;
  }
  writeHead(response, file, range);
  if (request.method === 'HEAD') {
    response.end();
    return nothing;
  }
  const { first, last } = range ?? { first: 0, last: file.size - 1 };
  const sent = await send(response, file, first, last);
  return { complete: sent && last === file.size - 1, bytes: sent ? last - first + 1 : 0 };
}

function wantedRange(request: IncomingMessage, file: ServedFile): ReturnType<typeof parseRange> {
  const condition = request.headers['if-range'];
  if (condition !== undefined && condition !== file.etag) return null;
  return parseRange(request.headers.range, file.size);
}

function writeHead(response: ServerResponse, file: ServedFile, range: ByteRange | null): void {
  response.setHeader('Content-Type', 'application/octet-stream');
  if (range) {
    response.setHeader('Content-Range', `bytes ${range.first}-${range.last}/${file.size}`);
    response.setHeader('Content-Length', range.last - range.first + 1);
    response.statusCode = 206;
  } else {
    response.setHeader('Content-Length', file.size);
    response.statusCode = 200;
  }
}

/** @returns whether everything went out; a client that leaves half-way is no error of ours */
async function send(
  response: ServerResponse,
  file: ServedFile,
  first: number,
  last: number,
): Promise<boolean> {
  if (last < first) {
    response.end();
    return true;
  }
  const source = file.bytes
    ? Readable.from(slices(file.bytes.subarray(first, last + 1)), {
        objectMode: false,
        highWaterMark: chunkSize,
      })
    : createReadStream(file.path, { start: first, end: last, highWaterMark: chunkSize });
  try {
    await pipeline(source, response);
    return true;
  } catch (error) {
    if (response.destroyed || response.errored || response.socket?.destroyed) return false;
    throw error;
  }
}

function* slices(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, at + chunkSize);
}
