import { createServer, type RequestListener, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { createForwardProxy, nextHop } from './forward-proxy.ts';

describe('nextHop', () => {
  it('goes straight to the host that is asked for', () => {
    expect(nextHop('http://mirror.example:8080/debian/a?b', undefined)).toEqual({
      host: 'mirror.example',
      port: 8080,
      path: '/debian/a?b',
    });
  });

  it('hands the whole URL to a parent proxy', () => {
    expect(nextHop('http://mirror.example/a', new URL('http://[::1]:3142'))).toEqual({
      host: '::1',
      port: 3142,
      path: 'http://mirror.example/a',
    });
  });

  it.each(['/etc/passwd', 'ftp://host/', 'http://', ''])('refuses %j', (wanted) => {
    expect(nextHop(wanted, undefined)).toBeUndefined();
  });
});

describe('createForwardProxy', () => {
  const open: Server[] = [];

  async function listen(server: Server): Promise<number> {
    open.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  async function ask(port: number, path: string): Promise<{ status: number | undefined; body: string }> {
    return new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port, path }, async (response) =>
        resolve({ status: response.statusCode, body: await text(response) }),
      )
        .on('error', reject)
        .end();
    });
  }

  afterEach(() => {
    for (const server of open.splice(0)) server.close().closeAllConnections();
  });

  it('fetches through itself and through a parent', async () => {
    const answer: RequestListener = (incoming, response) => response.end(`got ${incoming.url}`);
    const origin = await listen(createServer(answer));
    const parent = await listen(createForwardProxy(undefined));
    const child = await listen(createForwardProxy(new URL(`http://127.0.0.1:${parent}`)));
    expect(await ask(child, `http://127.0.0.1:${origin}/a/b`)).toEqual({ status: 200, body: 'got /a/b' });
  });

  it('says 502 when the mirror is not there and 400 to what is no proxy request', async () => {
    const proxy = await listen(createForwardProxy(undefined));
    expect((await ask(proxy, 'http://127.0.0.1:1/')).status).toBe(502);
    expect((await ask(proxy, '/')).status).toBe(400);
  });
});
