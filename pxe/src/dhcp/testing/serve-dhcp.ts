import { LeaseStore } from '../leases/lease-store.ts';
import { MemoryNetworkBook } from '../networks/memory-network-book.ts';
import { DhcpServer } from '../server/dhcp-server.ts';

/**
 * A DHCP server as a process of its own, for tests that run it in a network namespace or kill it. Its one argument is
 * JSON; it prints `ready`, then one JSON event a line, and counters at the end.
 */
interface ServeSettings {
  readonly address: string;
  readonly data: string;
  readonly networks: ConstructorParameters<typeof MemoryNetworkBook>[0];
  readonly nics?: Parameters<MemoryNetworkBook['setNic']>[0][];
  readonly port?: number;
  readonly clientPort?: number;
  readonly quiet?: boolean;
}

const {
  data,
  networks,
  nics = [],
  quiet = false,
  ...server
} = JSON.parse(process.argv[2] ?? '{}') as ServeSettings;
const { store, recovery } = await LeaseStore.open(data);
const book = new MemoryNetworkBook(networks);
for (const nic of nics) book.setNic(nic);
const dhcp = new DhcpServer({
  ...server,
  networks: book,
  leases: store,
  boot: { bootFileFor: (client) => ({ bootFile: `boot/${client.firmware ?? 'unknown'}` }) },
  onEvent: (event) => {
    if (!quiet) console.log(JSON.stringify(event));
  },
});
await dhcp.start();
console.log(`ready ${JSON.stringify(recovery)}`);
process.once('SIGTERM', async () => {
  await dhcp.close();
  await store.close();
  console.log(JSON.stringify({ counters: dhcp.counters.snapshot(), memory: process.memoryUsage() }));
});
