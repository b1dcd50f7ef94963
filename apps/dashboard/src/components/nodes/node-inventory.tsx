'use client';

import { Badge, Group, Stack, Text } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import type { NodeDetail } from '#lib/api/types.ts';
import { bytes } from '#lib/format.ts';
import { type DiskRow, type NicRow, viewInventory } from '#lib/nodes/inventory.ts';
import { DataTable } from '../common/data-table.tsx';
import { Empty } from '../common/empty.tsx';
import { Facts } from '../common/facts.tsx';
import { Section } from '../common/section.tsx';
import { Ago } from '../common/times.tsx';

function Disks({ disks, installDisk }: { disks: DiskRow[]; installDisk: string | null }) {
  return (
    <DataTable
      label="Disks"
      rows={disks}
      rowKey={(disk) => disk.name}
      columns={[
        {
          header: 'Disk',
          cell: (disk) => (
            <Group gap={8}>
              <span className="mono">{disk.path || disk.name}</span>
              {disk.path === installDisk && <Badge size="xs">install disk</Badge>}
            </Group>
          ),
        },
        { header: 'Size', cell: (disk) => bytes(disk.sizeBytes) },
        { header: 'Kind', cell: (disk) => disk.kind },
        { header: 'Model', cell: (disk) => disk.model },
        { header: 'Serial', cell: (disk) => <span className="mono">{disk.serial}</span> },
      ]}
    />
  );
}

function Nics({ nics }: { nics: NicRow[] }) {
  return (
    <DataTable
      label="Network interfaces"
      rows={nics}
      rowKey={(nic) => nic.name}
      columns={[
        {
          header: 'Interface',
          cell: (nic) => (
            <Group gap={8}>
              <span className="mono">{nic.name}</span>
              {nic.boot && <Badge size="xs">booted from</Badge>}
            </Group>
          ),
        },
        { header: 'MAC', cell: (nic) => <span className="mono">{nic.mac}</span> },
        { header: 'Speed', cell: (nic) => nic.speed },
        { header: 'Link', cell: (nic) => (nic.carrier === null ? '–' : nic.carrier ? 'up' : 'down') },
        { header: 'Driver', cell: (nic) => nic.driver },
        { header: 'Neighbour', cell: (nic) => nic.neighbour },
      ]}
    />
  );
}

/** What the discovery image found. */
export function NodeInventory({ node }: { node: NodeDetail }) {
  if (node.inventory === null) {
    return (
      <Section>
        <Empty icon={IconListDetails} title="The inventory is not known yet">
          The discovery image reports processors, memory, disks and interfaces a few seconds after the node
          boots it.
        </Empty>
      </Section>
    );
  }
  const view = viewInventory(node.inventory);
  return (
    <Stack gap="md">
      <Section
        title="System"
        aside={
          node.inventoryAt !== null && (
            <Text size="xs" c="dimmed">
              reported <Ago at={node.inventoryAt} />
            </Text>
          )
        }
      >
        <Facts facts={{ ...view.system, 'Host keys': node.hostKeyFingerprints.join(' ') || null }} />
      </Section>
      <Section title="Processor and memory">
        <Facts facts={{ ...view.processor, Memory: bytes(node.memoryBytes) }} />
      </Section>
      <Section title="Disks" flush>
        <Disks disks={view.disks} installDisk={node.installDisk} />
      </Section>
      <Section title="Network interfaces" flush>
        <Nics nics={view.nics} />
      </Section>
    </Stack>
  );
}
