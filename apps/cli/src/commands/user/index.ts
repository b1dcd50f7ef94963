import { unwrap } from '@halligan/api-client';
import type { Command } from 'commander';
import { action, type CliEnvironment, type CommandContext } from '../../cli.ts';
import { table } from '../../output/table.ts';
import { readSecret } from '../session/secret-input.ts';

type Role = 'viewer' | 'operator' | 'admin';

export function userCommands(program: Command, environment: CliEnvironment): void {
  const user = program.command('user').description('who may sign in');
  user.command('list').description('all users').action(action(environment, listUsers));
  user
    .command('create')
    .description('a new user')
    .argument('<username>')
    .requiredOption('--role <role>', 'viewer, operator or admin')
    .option(
      '--password-file <file>',
      'read the password from a file (- for standard input) instead of asking',
    )
    .action(action(environment, createUser));
  user
    .command('delete')
    .description('remove a user')
    .argument('<id>')
    .action(action(environment, deleteUser));
}

async function listUsers({ out, connection }: CommandContext): Promise<void> {
  const users = await unwrap(connection().client.GET('/api/v1/users'));
  out.answer(users, (c) =>
    table(
      c,
      ['ID', 'NAME', 'ROLE', 'STATE'],
      users.map((one) => [one.id, one.username, one.role, one.disabled ? 'disabled' : 'active']),
    ),
  );
}

async function createUser(
  { out, connection, signal }: CommandContext,
  username: string,
  options: { role: Role; passwordFile?: string },
): Promise<void> {
  const password = await readSecret('Password', options.passwordFile, signal);
  const user = await unwrap(
    connection().client.POST('/api/v1/users', { body: { username, password, role: options.role } }),
  );
  out.answer(user, () => `${user.username}  ${user.role}`);
}

async function deleteUser({ out, connection }: CommandContext, id: string): Promise<void> {
  await unwrap(connection().client.DELETE('/api/v1/users/{id}', { params: { path: { id } } }));
  out.answer({ deleted: id }, () => `${id}  deleted`);
}
