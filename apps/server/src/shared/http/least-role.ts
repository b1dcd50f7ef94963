import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension, ApiSecurity } from '@nestjs/swagger';
import type { Role } from '../role.dto.ts';

export const LEAST_ROLE = 'halligan:least-role';

export type LeastRoleName = Role | 'public';

/** The weakest role that may call this route. A route without one is refused, and the api does not start with it. */
export function LeastRole(role: LeastRoleName): MethodDecorator & ClassDecorator {
  return applyDecorators(
    SetMetadata(LEAST_ROLE, role),
    ApiExtension('x-least-role', role),
    ...(role === 'public' ? [] : [ApiSecurity('session'), ApiSecurity('token')]),
  );
}

const RANK: Record<LeastRoleName, number> = { public: 0, viewer: 1, operator: 2, admin: 3 };

/** True when `role` may do what `least` may do. */
export function suffices(role: Role, least: LeastRoleName): boolean {
  return RANK[role] >= RANK[least];
}
