import type { IncomingMessage } from 'node:http';
import { BootHttpError } from './boot-http-error.ts';

/** Reads a whole body. @throws BootHttpError 413 past `limit` bytes, 400 when the client goes away */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const tooLarge = new BootHttpError(413, 'boot.too_large', `the body is larger than ${limit} bytes`);
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) throw tooLarge;
      chunks.push(chunk);
    }
  } catch (error) {
    if (error === tooLarge) throw error;
    throw new BootHttpError(400, 'boot.broken_off', 'the body broke off');
  }
  return Buffer.concat(chunks, size);
}

/** Reads a body of text in UTF-8. @throws BootHttpError 400 when it is not */
export async function readText(request: IncomingMessage, limit: number): Promise<string> {
  const body = await readBody(request, limit);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch (error) {
    throw new BootHttpError(400, 'boot.not_text', `the body is not UTF-8 text: ${(error as Error).message}`);
  }
}
