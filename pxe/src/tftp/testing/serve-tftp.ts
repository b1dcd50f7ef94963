import { confinedFiles } from '../confined-files.ts';
import { TftpServer, type TftpServerOptions } from '../tftp-server.ts';

/** A TFTP server as a process of its own, for tests in network namespaces: JSON argument, `ready`, then events. */
type ServeSettings = Omit<TftpServerOptions, 'resolve'> & { readonly root: string; readonly quiet?: boolean };

const { root, quiet = false, ...options } = JSON.parse(process.argv[2] ?? '{}') as ServeSettings;
const files = confinedFiles(root);
const server = new TftpServer({
  ...options,
  resolve: (name, peer) => (name === 'hello' ? Buffer.from(`hello ${peer.address}\n`) : files(name)),
  onEvent: (event) => {
    if (!quiet) console.log(JSON.stringify(event));
  },
});
await server.start();
console.log(`ready ${server.port}`);
process.once('SIGTERM', async () => {
  await server.close();
  console.log(JSON.stringify({ counters: server.counters.snapshot(), memory: process.memoryUsage() }));
});
