'use client';

import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { api } from '#lib/api/client.ts';
import { useChange } from '#lib/hooks/use-change.ts';
import { proposalHref } from '#lib/hrefs.ts';
import { barclampsQuery } from '#lib/queries.ts';
import { ErrorNote } from '../common/error-note.tsx';

/** Asks for barclamp and name, then opens the new draft. */
export function NewProposal({ close, barclamp = null }: { close: () => void; barclamp?: string | null }) {
  const router = useRouter();
  const barclamps = useQuery(barclampsQuery);
  const form = useForm({
    initialValues: { barclamp, name: 'default' },
    validate: {
      barclamp: (name) => (name === null ? 'Choose one' : null),
      name: (name) =>
        /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name) ? null : 'Lower-case letters, digits and hyphens',
    },
  });
  const create = useChange({
    run: async ({ barclamp: chosenName, name }: typeof form.values) => {
      const { defaultAttributes } = await api.barclamps.show(chosenName ?? '');
      return api.proposals.create({
        barclamp: chosenName ?? '',
        name,
        attributes: defaultAttributes,
        elements: {},
      });
    },
    refresh: [['proposals']],
    quiet: true,
    onDone: (made) => {
      close();
      router.push(proposalHref(made.barclamp, made.name));
    },
  });
  const chosen = barclamps.data?.find(({ name }) => name === form.values.barclamp);
  return (
    <Modal opened onClose={close} title="New proposal">
      <form onSubmit={form.onSubmit((values) => create.mutate(values))}>
        <Stack gap="sm">
          <Select
            label="Barclamp"
            description={chosen?.description}
            placeholder="What to deploy"
            data={(barclamps.data ?? []).map(({ name }) => name)}
            searchable
            data-autofocus
            {...form.getInputProps('barclamp')}
          />
          <TextInput
            label="Name"
            description="Keep “default” unless you deploy the barclamp more than once."
            {...form.getInputProps('name')}
          />
          {create.isError && <ErrorNote error={create.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending}>
              Create draft
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
