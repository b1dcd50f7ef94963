import { hashPassword, newToken } from '../identity/secrets.ts';
import type { Database } from '../shared/database/database.ts';
import type { Role } from '../shared/role.dto.ts';

export interface TestUser {
  id: string;
  username: string;
  password: string;
  token: string;
}

/** A user `<role>-user` with a password that need not be changed, and an API token of the same role. */
export async function makeUser(database: Database, role: Role): Promise<TestUser> {
  const username = `${role}-user`;
  const password = `password of ${username}`;
  const { token, prefix, secretHash } = newToken();
  const user = await database.db.user.create({
    data: {
      username,
      passwordHash: await hashPassword(password),
      role,
      tokens: { create: { name: 'test', prefix, secretHash, role } },
    },
  });
  return { id: user.id, username, password, token };
}
