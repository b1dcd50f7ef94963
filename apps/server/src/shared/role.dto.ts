import { z } from 'zod';

/** What a user or token may do; each includes those before it. */
export const Role = z.enum(['viewer', 'operator', 'admin']).meta({ id: 'Role' });
export type Role = z.infer<typeof Role>;
