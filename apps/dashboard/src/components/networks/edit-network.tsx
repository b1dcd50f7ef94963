'use client';

import { ActionIcon, Button, Group, Modal, Select, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconPencil, IconPlus, IconX } from '@tabler/icons-react';
import { api } from '#lib/api/client.ts';
import type { AddressRange, Network } from '#lib/api/types.ts';
import { useChange } from '#lib/hooks/use-change.ts';
import { ErrorNote } from '../common/error-note.tsx';

const purposes: AddressRange['purpose'][] = ['admin', 'dhcp', 'host', 'switch'];
const noRange: AddressRange = { purpose: 'host', first: '', last: '' };

function NetworkForm({ network, close }: { network: Network; close: () => void }) {
  const form = useForm({
    initialValues: {
      cidr: network.cidr,
      gateway: network.gateway ?? '',
      dns: network.dns,
      ranges: network.ranges,
    },
  });
  const save = useChange({
    run: (values: typeof form.values) =>
      api.networks.put(network.name, { ...values, gateway: values.gateway === '' ? null : values.gateway }),
    done: `${network.name} is saved.`,
    refresh: [['networks'], ['leases']],
    onDone: close,
    quiet: true,
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack gap="sm">
        <TextInput label="Addresses" placeholder="10.78.0.0/24" {...form.getInputProps('cidr')} />
        <TextInput label="Gateway" description="Empty: nodes get none." {...form.getInputProps('gateway')} />
        <TagsInput label="Name servers" {...form.getInputProps('dns')} />
        <Text size="sm" fw={500}>
          Ranges
        </Text>
        {form.values.ranges.map((_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the form itself names its entries by place
          <Group key={index} gap={6} wrap="nowrap">
            <Select
              aria-label={`Purpose of range ${index + 1}`}
              data={purposes}
              w={120}
              allowDeselect={false}
              {...form.getInputProps(`ranges.${index}.purpose`)}
            />
            <TextInput
              aria-label={`First address of range ${index + 1}`}
              {...form.getInputProps(`ranges.${index}.first`)}
            />
            <TextInput
              aria-label={`Last address of range ${index + 1}`}
              {...form.getInputProps(`ranges.${index}.last`)}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Remove range ${index + 1}`}
              onClick={() => form.removeListItem('ranges', index)}
            >
              <IconX size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Button
          variant="light"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          onClick={() => form.insertListItem('ranges', noRange)}
        >
          Add a range
        </Button>
        {save.isError && <ErrorNote error={save.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function EditNetwork({ network }: { network: Network }) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button size="compact-sm" variant="default" leftSection={<IconPencil size={14} />} onClick={open}>
        Edit
      </Button>
      <Modal opened={opened} onClose={close} title={`Network ${network.name}`} size="lg">
        {opened && <NetworkForm network={network} close={close} />}
      </Modal>
    </>
  );
}
