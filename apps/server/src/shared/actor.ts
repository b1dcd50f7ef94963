import type { Role } from './role.dto.ts';

/** Who does something. `name` is what the audit record shows. */
export interface Actor {
  name: string;
  role: Role;
  kind: 'user' | 'token' | 'node' | 'system';
  address: string | null;
}

/** Halligan itself: deadlines, processors, call-backs that belong to nobody. */
export const SYSTEM: Actor = { name: 'system', role: 'admin', kind: 'system', address: null };
