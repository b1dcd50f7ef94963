import { ServerConfig } from '../config.ts';
import { Audit } from '../shared/audit.ts';
import { Database } from '../shared/database/database.ts';
import { IdentityRepository } from './identity.repository.ts';
import { hashPassword, newPassword } from './secrets.ts';

export interface FirstAdmin {
  username: string;
  oneTimePassword: string;
}

/** Makes the administrator of an installation that has no user yet; null when it has one. The password is not kept. */
export async function createFirstAdmin(config: ServerConfig): Promise<FirstAdmin | null> {
  const database = new Database(config);
  const identity = new IdentityRepository(database);
  const audit = new Audit(database);
  const oneTimePassword = newPassword();
  const passwordHash = await hashPassword(oneTimePassword);
  const username = 'admin';
  try {
    return await database.transaction(async (tx) => {
      if ((await identity.countUsers(tx)) > 0) return null;
      await identity.createUser(tx, { username, passwordHash, role: 'admin', mustChangePassword: true });
      await audit.record(tx, {
        actor: 'system',
        action: 'user.create',
        subjectKind: 'user',
        subjectId: username,
        outcome: 'done',
        detail: { role: 'admin', first: true },
      });
      return { username, oneTimePassword };
    });
  } finally {
    await database.onApplicationShutdown();
  }
}
