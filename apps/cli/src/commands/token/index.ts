import { unwrap } from '@halligan/api-client';
import type { Command } from 'commander';
import { action, type CliEnvironment, type CommandContext } from '../../cli.ts';
import { table } from '../../output/table.ts';
import { ago } from '../../output/units.ts';

type Role = 'viewer' | 'operator' | 'admin';

export function tokenCommands(program: Command, environment: CliEnvironment): void {
  const token = program.command('token').description('API tokens for scripts');
  token.command('list').description('your tokens').action(action(environment, listTokens));
  token
    .command('create')
    .description('a new token, shown once')
    .argument('<name>')
    .option('--role <role>', 'viewer, operator or admin; at most your own')
    .option('--expires-in-days <days>')
    .action(action(environment, createToken));
  token
    .command('revoke')
    .description('end a token')
    .argument('<id>')
    .action(action(environment, revokeToken));
}

async function listTokens({ out, connection }: CommandContext): Promise<void> {
  const tokens = await unwrap(connection().client.GET('/api/v1/tokens'));
  out.answer(tokens, (c) =>
    table(
      c,
      ['ID', 'NAME', 'PREFIX', 'ROLE', 'LAST USED', 'EXPIRES'],
      tokens.map((one) => [
        one.id,
        one.name,
        one.prefix,
        one.role,
        ago(one.lastUsedAt),
        one.expiresAt ?? 'never',
      ]),
    ),
  );
}

async function createToken(
  { out, connection }: CommandContext,
  name: string,
  options: { role?: Role; expiresInDays?: string },
): Promise<void> {
  const body = {
    name,
    ...(options.role && { role: options.role }),
    ...(options.expiresInDays && { expiresInDays: Number(options.expiresInDays) }),
  };
  const created = await unwrap(connection().client.POST('/api/v1/tokens', { body }));
  out.answer(created, () => created.token);
}

async function revokeToken({ out, connection }: CommandContext, id: string): Promise<void> {
  await unwrap(connection().client.DELETE('/api/v1/tokens/{id}', { params: { path: { id } } }));
  out.answer({ revoked: id }, () => `${id}  revoked`);
}
