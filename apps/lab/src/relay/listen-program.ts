// Runs inside the rack: opens a listening socket at HOST PORT there and hands it to the program outside.
import { createServer } from 'node:net';

const [host = '', port = ''] = process.argv.slice(2);
const server = createServer();
server.listen({ host, port: Number(port) }, () => {
  process.send?.('listening', server, {}, () => process.exit());
});
