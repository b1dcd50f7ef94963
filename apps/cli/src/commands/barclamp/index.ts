import { unwrap } from '@halligan/api-client';
import type { Command } from 'commander';
import { action, type CliEnvironment, type CommandContext } from '../../cli.ts';
import { facts, table } from '../../output/table.ts';

export function barclampCommands(program: Command, environment: CliEnvironment): void {
  const barclamp = program.command('barclamp').description('bundles of roles that can be deployed');
  barclamp.command('list').description('all barclamps').action(action(environment, listBarclamps));
  barclamp
    .command('show')
    .description('roles, order and attributes')
    .argument('<barclamp>', 'name of a barclamp')
    .action(action(environment, showBarclamp));
}

async function listBarclamps({ out, connection }: CommandContext): Promise<void> {
  const barclamps = await unwrap(connection().client.GET('/api/v1/barclamps'));
  out.answer(barclamps, (c) =>
    table(
      c,
      ['NAME', 'ROLES', 'REQUIRES', 'DESCRIPTION'],
      barclamps.map((one) => [
        one.name,
        one.roles.map((role) => role.name).join(' '),
        one.requires.join(' ') || '–',
        one.description,
      ]),
    ),
  );
}

async function showBarclamp({ out, connection }: CommandContext, name: string): Promise<void> {
  const one = await unwrap(
    connection().client.GET('/api/v1/barclamps/{name}', { params: { path: { name } } }),
  );
  out.answer(one, (c) =>
    [
      facts(c, [
        ['name', c.bold(one.name)],
        ['description', one.description],
        ['requires', one.requires.join(' ') || '–'],
        ['order', one.elementOrder.map((batch) => batch.join(' + ')).join(' → ')],
      ]),
      table(
        c,
        ['ROLE', 'NODES', 'CONFLICTS', 'DESCRIPTION'],
        one.roles.map((role) => [
          role.name,
          `${role.minCount}…${role.maxCount ?? ''}`,
          role.conflicts.join(' ') || '–',
          role.description,
        ]),
      ),
      `${c.dim('default attributes')}\n${JSON.stringify(one.defaultAttributes, null, 2)}`,
    ].join('\n\n'),
  );
}
