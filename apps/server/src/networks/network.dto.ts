import { z } from 'zod';
import { Moment } from '../shared/problem.dto.ts';

export const AddressRangeView = z
  .object({ purpose: z.enum(['admin', 'dhcp', 'host', 'switch']), first: z.ipv4(), last: z.ipv4() })
  .meta({ id: 'AddressRange' });

export const NetworkName = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,31}$/,
    'lower-case letters, digits and hyphens, at most 32, beginning with a letter',
  );

export const NetworkInput = z
  .object({
    cidr: z.cidrv4().describe('For example 10.78.0.0/24'),
    gateway: z.ipv4().nullable().default(null),
    dns: z.array(z.ipv4()).default([]),
    ranges: z.array(AddressRangeView).max(64),
  })
  .meta({ id: 'NetworkInput' });

export const NetworkView = NetworkInput.extend({ name: z.string() }).meta({ id: 'Network' });
export type NetworkView = z.infer<typeof NetworkView>;

export const LeaseView = z
  .object({
    mac: z.string(),
    address: z.string(),
    network: z.string(),
    hostname: z.string().nullable(),
    expiresAt: Moment,
    node: z.string().nullable(),
  })
  .meta({ id: 'Lease' });
