// Runs inside the rack: accepts on the socket it is handed, and joins each connection to HOST PORT in there.
import { connect, type Server, type Socket } from 'node:net';

const [host = '', port = ''] = process.argv.slice(2);

function join(outer: Socket): void {
  const inner = connect({ host, port: Number(port) });
  // Either side may vanish at any time; the other is closed with it.
  outer.on('error', () => inner.destroy());
  inner.on('error', () => outer.destroy());
  outer.on('close', () => inner.destroy());
  inner.on('close', () => outer.destroy());
  outer.pipe(inner).pipe(outer);
}

process.on('message', (_message, server) => {
  (server as Server).on('connection', join);
  process.send?.('accepting');
});
process.on('disconnect', () => process.exit());
