'use client';

import { Anchor, Group, Progress, Stack, Text } from '@mantine/core';
import { IconNetwork, IconPlugConnected } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { AddressRange, Lease, Network } from '#lib/api/types.ts';
import { plural } from '#lib/format.ts';
import { nodeHref } from '#lib/hrefs.ts';
import { rangeUsage } from '#lib/networks/usage.ts';
import { leasesQuery, networksQuery } from '#lib/queries.ts';
import { useSession } from '#lib/session/session-provider.tsx';
import { type Column, DataTable } from '../common/data-table.tsx';
import { Empty } from '../common/empty.tsx';
import { Facts } from '../common/facts.tsx';
import { PageHeader } from '../common/page-header.tsx';
import { QueryView } from '../common/query-view.tsx';
import { Section } from '../common/section.tsx';
import { Until } from '../common/times.tsx';
import { EditNetwork } from './edit-network.tsx';

function Range({ range, leases }: { range: AddressRange; leases: readonly Lease[] }) {
  const { size, leased, percent } = rangeUsage(range, leases);
  return (
    <div>
      <Group justify="space-between" gap="xs">
        <Text size="sm">
          <Text span fw={600} size="sm">
            {range.purpose}
          </Text>{' '}
          <span className="mono">
            {range.first} – {range.last}
          </span>
        </Text>
        <Text size="xs" c="dimmed">
          {leased} of {plural(size, 'address', 'addresses')} leased
        </Text>
      </Group>
      <Progress
        value={percent}
        size="sm"
        mt={3}
        aria-label={`${range.purpose}: ${leased} of ${size} leased`}
      />
    </div>
  );
}

function NetworkView({ network, leases }: { network: Network; leases: readonly Lease[] }) {
  const { may } = useSession();
  const own = leases.filter((lease) => lease.network === network.name);
  return (
    <Section title={network.name} aside={may('admin') && <EditNetwork network={network} />}>
      <Stack gap="md" mt={4}>
        <Facts
          facts={{
            Addresses: <span className="mono">{network.cidr}</span>,
            Gateway: network.gateway,
            'Name servers': network.dns.join(', ') || null,
          }}
        />
        {network.ranges.map((range) => (
          <Range key={`${range.purpose} ${range.first}`} range={range} leases={own} />
        ))}
      </Stack>
    </Section>
  );
}

const leaseColumns: Column<Lease>[] = [
  { header: 'Address', cell: ({ address }) => <span className="mono">{address}</span> },
  { header: 'MAC', cell: ({ mac }) => <span className="mono">{mac}</span> },
  {
    header: 'Node',
    cell: ({ node, hostname }) =>
      node === null ? (
        <Text span size="sm" c="dimmed">
          {hostname ?? 'unknown'}
        </Text>
      ) : (
        <Anchor component={Link} href={nodeHref(node)} size="sm">
          {node}
        </Anchor>
      ),
  },
  { header: 'Network', cell: ({ network }) => network },
  { header: 'Expires', cell: ({ expiresAt }) => <Until at={expiresAt} /> },
];

/** The networks Halligan answers on, and who holds which address. */
export function NetworksPage() {
  const networks = useQuery(networksQuery);
  const leases = useQuery(leasesQuery);
  return (
    <>
      <PageHeader
        title="Networks"
        description="The address ranges Halligan hands out, and the leases of its DHCP."
      />
      <Stack gap="md">
        <QueryView query={networks} rows={2}>
          {(items) =>
            items.length === 0 ? (
              <Section>
                <Empty icon={IconNetwork} title="No network is set up">
                  The server makes the network of its boot interface when it starts with one. Without it, no
                  node can boot.
                </Empty>
              </Section>
            ) : (
              items.map((network) => (
                <NetworkView key={network.name} network={network} leases={leases.data ?? []} />
              ))
            )
          }
        </QueryView>
        <Section title="Leases" flush>
          <QueryView query={leases}>
            {(items) =>
              items.length === 0 ? (
                <Empty icon={IconPlugConnected} title="No address is leased">
                  A lease appears as soon as a machine asks for an address on a boot network.
                </Empty>
              ) : (
                <DataTable
                  label="Leases"
                  rows={items}
                  rowKey={({ mac, address }) => `${mac} ${address}`}
                  columns={leaseColumns}
                />
              )
            }
          </QueryView>
        </Section>
      </Stack>
    </>
  );
}
