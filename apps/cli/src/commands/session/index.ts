import type { Command } from 'commander';
import { action, type CliEnvironment } from '../../cli.ts';
import { login } from './login.ts';
import { logout, whoAmI } from './logout.ts';
import { changePassword } from './password.ts';

export function sessionCommands(program: Command, environment: CliEnvironment): void {
  program
    .command('login')
    .description('sign in to a server and keep a token for this user')
    .argument('<url>', 'for example https://10.0.0.1:3000')
    .option('-u, --username <name>', 'user name', 'admin')
    .option(
      '--password-file <file>',
      'read the password from a file (- for standard input) instead of asking',
    )
    .option('--new-password-file <file>', 'the password to set when the server asks for a change')
    .option('--fingerprint <sha256>', 'refuse any certificate but this one')
    .action(action(environment, login));
  program
    .command('logout')
    .description('revoke the token and forget the server')
    .action(action(environment, logout));
  program.command('whoami').description('who is signed in, where').action(action(environment, whoAmI));
  program
    .command('password')
    .description('change your password')
    .option('--password-file <file>', 'the present password')
    .option('--new-password-file <file>', 'the new password')
    .action(action(environment, changePassword));
}
