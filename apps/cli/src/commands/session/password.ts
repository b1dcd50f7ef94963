import { unwrap } from '@halligan/api-client';
import type { CommandContext } from '../../cli.ts';
import { readSecret } from './secret-input.ts';

/** Changes the password of the signed-in user. */
export async function changePassword(
  { out, connection, signal }: CommandContext,
  options: { passwordFile?: string; newPasswordFile?: string },
): Promise<void> {
  const currentPassword = await readSecret('Present password', options.passwordFile, signal);
  const newPassword = await readSecret('New password', options.newPasswordFile, signal);
  await unwrap(
    connection().client.POST('/api/v1/session/password', { body: { currentPassword, newPassword } }),
  );
  out.answer({ changed: true }, () => 'Password changed.');
}
