import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ExitCode } from './exit-code.ts';
import { main } from './main.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** Runs a command line against an HTTP server that answers as `handler` says. */
async function run(args: string[], handler: Handler) {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  const written = { out: '', err: '' };
  const code = await main(['node', 'halligan', ...args], {
    config: {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      token: 'hlg_test',
      fingerprint: undefined,
      configDir: '/nonexistent',
      colour: false,
      editor: 'false',
    },
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
  });
  return { code, ...written };
}

function problem(status: number, code: string, extra: object = {}): Handler {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/problem+json' });
    response.end(
      JSON.stringify({ type: 'about:blank', title: code, status, code, detail: `it is ${code}`, ...extra }),
    );
  };
}

describe('exit codes', () => {
  it.each([
    [404, 'node.not_found', ExitCode.notFound],
    [409, 'node.action_not_allowed', ExitCode.refused],
    [422, 'proposal.invalid', ExitCode.refused],
    [401, 'identity.required', ExitCode.notAllowed],
    [403, 'identity.too_weak', ExitCode.notAllowed],
    [500, 'internal', ExitCode.failed],
  ])('an answer %i %s ends with %i', async (status, code, expected) => {
    const result = await run(['node', 'show', 'n1'], problem(status, code));

    expect(result.code).toBe(expected);
    expect(result.err).toContain(`it is ${code}`);
  });

  it('an unknown verb is a usage error', async () => {
    expect((await run(['node', 'frobnicate'], problem(500, 'x'))).code).toBe(ExitCode.usage);
  });

  it('asking for help is not an error', async () => {
    const result = await run(['node', '--help'], problem(500, 'x'));

    expect(result.code).toBe(ExitCode.done);
    expect(result.out).toContain('reinstall');
  });
});

it('sends the token and prints the answer as one JSON value', async () => {
  let authorization: string | undefined;
  const result = await run(['node', 'list', '--json'], (request, response) => {
    authorization = request.headers.authorization;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ items: [], nextCursor: null, counts: {} }));
  });

  expect(authorization).toBe('Bearer hlg_test');
  expect(JSON.parse(result.out)).toEqual([]);
});

it('lists every issue with its path and the remedy', async () => {
  const issues = [
    {
      path: 'elements.ntp-server[0]',
      code: 'proposal.unknown_node',
      message: 'no node n9',
      remedy: 'see node list',
    },
    { path: 'attributes.foo', code: 'proposal.unknown_attribute', message: 'no attribute foo' },
  ];
  const result = await run(
    ['proposal', 'create', 'ntp'],
    problem(422, 'proposal.invalid', { issues, remedy: 'mend it' }),
  );

  expect(result.err).toContain('elements.ntp-server[0]  no node n9 – see node list');
  expect(result.err).toContain('attributes.foo  no attribute foo');
  expect(result.err).toContain('remedy mend it');
});

describe('completion', () => {
  it('offers verbs', async () => {
    expect((await run(['__complete', '--', 'node', 're'], problem(500, 'x'))).out.split('\n')).toEqual([
      'reinstall',
      'reset',
      'reboot',
      '',
    ]);
  });

  it('offers live node names', async () => {
    const result = await run(['__complete', '--', 'node', 'show', 'd52'], (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({ items: [{ name: 'd52-54' }, { name: 'web' }], nextCursor: null, counts: {} }),
      );
    });

    expect(result.out).toBe('d52-54\n');
  });

  it('stays silent when the server is away', async () => {
    const result = await run(['__complete', '--', 'node', 'show', ''], (request) => request.socket.destroy());

    expect(result).toEqual({ code: ExitCode.done, out: '', err: '' });
  });
});
