import { unwrap } from '@halligan/api-client';
import type { Command } from 'commander';
import { action, type CliEnvironment, type CommandContext } from '../../cli.ts';
import { table } from '../../output/table.ts';

export function networkCommands(program: Command, environment: CliEnvironment): void {
  const network = program.command('network').description('networks and the addresses they hand out');
  network.command('list').description('all networks').action(action(environment, listNetworks));
  network.command('leases').description('addresses in use').action(action(environment, listLeases));
}

async function listNetworks({ out, connection }: CommandContext): Promise<void> {
  const networks = await unwrap(connection().client.GET('/api/v1/networks'));
  out.answer(networks, (c) =>
    table(
      c,
      ['NAME', 'CIDR', 'GATEWAY', 'RANGES'],
      networks.map((one) => [
        one.name,
        one.cidr,
        one.gateway ?? '–',
        one.ranges.map((range) => `${range.purpose} ${range.first}-${range.last}`).join(', '),
      ]),
    ),
  );
}

async function listLeases({ out, connection }: CommandContext): Promise<void> {
  const leases = await unwrap(connection().client.GET('/api/v1/leases'));
  out.answer(leases, (c) =>
    table(
      c,
      ['ADDRESS', 'MAC', 'NODE', 'NETWORK', 'EXPIRES'],
      leases.map((one) => [one.address, one.mac, one.node ?? '–', one.network, one.expiresAt]),
    ),
  );
}
