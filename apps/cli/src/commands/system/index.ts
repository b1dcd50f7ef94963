import { unwrap } from '@halligan/api-client';
import type { Command } from 'commander';
import { stringify } from 'yaml';
import { action, type CliEnvironment, type CommandContext } from '../../cli.ts';

export function systemCommand(program: Command, environment: CliEnvironment): void {
  program
    .command('system')
    .description('the state of the server itself')
    .action(action(environment, showSystem));
}

async function showSystem({ out, connection }: CommandContext): Promise<void> {
  const system = await unwrap(connection().client.GET('/api/v1/system'));
  out.answer(system, () => stringify(system).trimEnd());
}
