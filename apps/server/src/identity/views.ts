import type { User } from '@halligan/db';
import type { z } from 'zod';
import { Role } from '../shared/role.dto.ts';
import type { TokenView, UserView } from './identity.dto.ts';
import type { TokenWithUser } from './identity.repository.ts';

export function userView(user: User): z.infer<typeof UserView> {
  return {
    id: user.id,
    username: user.username,
    role: Role.parse(user.role),
    disabled: user.disabled,
    mustChangePassword: user.mustChangePassword,
    createdAt: user.createdAt.toISOString(),
  };
}

export function tokenView(token: TokenWithUser): z.infer<typeof TokenView> {
  return {
    id: token.id,
    name: token.name,
    prefix: token.prefix,
    role: Role.parse(token.role),
    username: token.user.username,
    createdAt: token.createdAt.toISOString(),
    expiresAt: token.expiresAt?.toISOString() ?? null,
    lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
  };
}
