import { z } from 'zod';
import { Moment } from '../shared/problem.dto.ts';
import { Role } from '../shared/role.dto.ts';

const Username = z
  .string()
  .regex(/^[a-z][a-z0-9._-]{0,31}$/, 'lower-case letters, digits, . _ - (1 to 32, a letter first)');
const NewPassword = z.string().min(12, 'at least 12 characters').max(256);

export const SignIn = z
  .strictObject({ username: z.string().max(64), password: z.string().max(256) })
  .meta({ id: 'SignIn' });

export const UserView = z
  .object({
    id: z.string(),
    username: z.string(),
    role: Role,
    disabled: z.boolean(),
    mustChangePassword: z.boolean(),
    createdAt: Moment,
  })
  .meta({ id: 'User' });

export const SessionView = z
  .object({
    user: UserView,
    csrfToken: z
      .string()
      .nullable()
      .describe('Send as X-Halligan-Csrf with every change; null for API tokens'),
    expiresAt: Moment.nullable(),
  })
  .meta({ id: 'SessionInfo' });

export const PasswordChange = z
  .strictObject({ currentPassword: z.string().max(256), newPassword: NewPassword })
  .meta({ id: 'PasswordChange' });

export const NewUser = z
  .strictObject({ username: Username, password: NewPassword, role: Role })
  .meta({ id: 'NewUser' });
export const UserChange = z
  .strictObject({ role: Role.optional(), disabled: z.boolean().optional(), password: NewPassword.optional() })
  .meta({ id: 'UserChange' });

export const NewToken = z
  .strictObject({
    name: z.string().min(1).max(64),
    role: Role.optional().describe('At most the role of its owner; by default the same'),
    expiresInDays: z.int().min(1).max(3650).optional(),
  })
  .meta({ id: 'NewToken' });

export const TokenView = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string(),
    role: Role,
    username: z.string(),
    createdAt: Moment,
    expiresAt: Moment.nullable(),
    lastUsedAt: Moment.nullable(),
  })
  .meta({ id: 'Token' });

export const CreatedToken = TokenView.extend({ token: z.string().describe('Shown once') }).meta({
  id: 'CreatedToken',
});
