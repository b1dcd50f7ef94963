import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { NodeSSH } from 'node-ssh';
import ssh2, { type ServerChannel } from 'ssh2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newSshKeyPair } from '../supervisor/new-ssh-key.ts';
import { connect } from './connect.ts';
import { execOn } from './exec.ts';
import type { ShellError } from './shell-error.ts';

const host = newSshKeyPair();
const other = newSshKeyPair();
const ours = newSshKeyPair();

/** What the node does with a command. */
let behaviour: (channel: ServerChannel, command: string) => void;
let connections: ssh2.Connection[];
let server: ssh2.Server;
let ssh: NodeSSH;

const target = (hostKey: string) => ({ id: '1', name: 'one', address: '127.0.0.1', sshHostKeys: [hostKey] });
const port = () => (server.address() as AddressInfo).port;
const client = () => {
  if (!ssh.connection) throw new Error('There is no connection.');
  return ssh.connection;
};

beforeEach(async () => {
  connections = [];
  server = new ssh2.Server({ hostKeys: [host.private] }, (connection) => {
    connections.push(connection);
    connection.on('error', () => undefined);
    connection.on('authentication', (context) => {
      const known =
        context.method === 'publickey' &&
        context.key.data.equals(Buffer.from(ours.public.split(' ')[1] ?? '', 'base64'));
      if (known) context.accept();
      else context.reject();
    });
    connection.on('ready', () =>
      connection.on('session', (accept) =>
        accept().on('exec', (grant, _, { command }) => behaviour(grant(), command)),
      ),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ssh = await connect(target(host.public), ours.private, port());
});
afterEach(() => {
  ssh.dispose();
  for (const connection of connections) connection.end();
  server.close();
});

function answer(status: number): (channel: ServerChannel) => void {
  return (channel) => {
    channel.exit(status);
    channel.end();
  };
}

describe('execOn', () => {
  it('gives status and output, and passes on standard input whole', async () => {
    const payload = Buffer.alloc(3 << 20, 'x');
    behaviour = (channel, command) => {
      let size = 0;
      channel.on('data', (bytes: Buffer) => {
        size += bytes.length;
      });
      channel.on('end', () => {
        channel.write(`${command} got ${size}`);
        channel.stderr.write('and complains');
        answer(3)(channel);
      });
    };

    const result = await execOn(client(), 'count', { stdin: payload });

    expect(result).toEqual({ status: 3, stdout: `count got ${payload.length}`, stderr: 'and complains' });
  });

  it('counts a command without a status as lost', async () => {
    behaviour = (channel) => {
      channel.exit('KILL');
      channel.end();
    };

    await expect(execOn(client(), 'x')).rejects.toMatchObject({ code: 'ssh.connection_lost' });
  });

  it('notices that the connection broke', async () => {
    behaviour = () => {
      for (const connection of connections) connection.end();
    };

    const broken = client();
    await expect(execOn(broken, 'x')).rejects.toMatchObject({ code: 'ssh.connection_lost' });
    await expect(execOn(broken, 'x')).rejects.toMatchObject({ code: 'ssh.connection_lost' });
  });

  it('gives up when the time is up, and when it is told to', async () => {
    behaviour = () => undefined;
    const told = new AbortController();

    const both = Promise.allSettled([
      execOn(client(), 'x', { timeoutMs: 50 }),
      execOn(client(), 'x', { signal: told.signal }),
    ]);
    told.abort(new Error('enough'));

    expect(await both).toMatchObject([
      { reason: { code: 'ssh.timeout' } },
      { reason: { message: 'enough' } },
    ]);
  });
});

describe('connect', () => {
  it.each([
    ['another host key', () => connect(target(other.public), ours.private, port()), 'ssh.host_key_mismatch'],
    ['no host key', () => connect(target(''), ours.private, port()), 'ssh.no_host_key'],
    ['another key of ours', () => connect(target(host.public), other.private, port()), 'ssh.refused'],
    ['nobody there', () => connect(target(host.public), ours.private, 1), 'ssh.unreachable'],
    ['no address', () => connect({ ...target(host.public), address: null }, ours.private), 'ssh.no_address'],
  ])('says why not: %s', async (_, open, code) => {
    const error = await open().then(
      () => undefined,
      (reason: ShellError) => reason,
    );

    expect(error?.code).toBe(code);
  });
});
