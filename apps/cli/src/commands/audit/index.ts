import { unwrap } from '@halligan/api-client';
import type { Command } from 'commander';
import { action, type CliEnvironment, type CommandContext } from '../../cli.ts';
import { stateColour } from '../../output/colour.ts';
import { table } from '../../output/table.ts';

export function auditCommands(program: Command, environment: CliEnvironment): void {
  program
    .command('audit')
    .description('who changed what, newest first')
    .option('--limit <n>', 'how many', '50')
    .action(action(environment, listAudit));
}

async function listAudit({ out, connection }: CommandContext, options: { limit: string }): Promise<void> {
  const params = { query: { limit: Number(options.limit) } };
  const page = await unwrap(connection().client.GET('/api/v1/audit', { params }));
  out.answer(page.items, (c) =>
    table(
      c,
      ['AT', 'WHO', 'WHAT', 'ON', 'OUTCOME'],
      page.items.map((one) => [
        one.at,
        one.actor,
        one.action,
        `${one.subjectKind} ${one.subjectId}`,
        stateColour(c, one.outcome),
      ]),
    ),
  );
}
