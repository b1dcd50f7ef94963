import { followEvents } from '@halligan/api-client';
import type { Command } from 'commander';
import { action, type CliEnvironment, type CommandContext } from '../../cli.ts';

export function eventsCommand(program: Command, environment: CliEnvironment): void {
  program
    .command('events')
    .description('what happens, as it happens, until Ctrl-C')
    .option('--types <types>', 'only these, separated by commas')
    .action(action(environment, showEvents));
}

async function showEvents(
  { out, connection, signal }: CommandContext,
  options: { types?: string },
): Promise<void> {
  const { baseUrl, token, fetch } = connection();
  const types = options.types?.split(',');
  for await (const event of followEvents({ baseUrl, token, fetch, signal, ...(types && { types }) })) {
    out.answer(
      event,
      (c) => `${c.dim(event.at)}  ${c.cyan(event.type)}  ${event.subjectId}  ${JSON.stringify(event.data)}`,
    );
  }
}
