import { unwrap } from '@halligan/api-client';
import type { CommandContext } from '../../cli.ts';
import { CredentialsFile } from '../../connection/credentials-file.ts';
import { facts } from '../../output/table.ts';

/** Revokes the saved token at the server, then forgets it. */
export async function logout({ out, config, connection }: CommandContext): Promise<void> {
  const file = new CredentialsFile(config.configDir);
  const saved = file.read();
  if (saved !== null) {
    await unwrap(
      connection().client.DELETE('/api/v1/tokens/{id}', { params: { path: { id: saved.tokenId } } }),
    );
    file.remove();
  }
  out.answer({ signedOut: saved !== null }, () =>
    saved === null ? 'Not signed in.' : `Signed out of ${saved.url}.`,
  );
}

/** The user behind the token in use. */
export async function whoAmI({ out, connection }: CommandContext): Promise<void> {
  const { client, baseUrl } = connection();
  const { user } = await unwrap(client.GET('/api/v1/session'));
  out.answer({ url: baseUrl, username: user.username, role: user.role }, (c) =>
    facts(c, [
      ['server', baseUrl],
      ['user', user.username],
      ['role', user.role],
    ]),
  );
}
