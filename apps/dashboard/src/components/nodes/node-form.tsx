'use client';

import { Autocomplete, Button, Group, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { api } from '#lib/api/client.ts';
import type { NodeChange, NodeDetail } from '#lib/api/types.ts';
import { changedMembers } from '#lib/form/changed.ts';
import { fieldIssues } from '#lib/form/field-issues.ts';
import { useChange } from '#lib/hooks/use-change.ts';
import { nodeHref } from '#lib/hrefs.ts';
import { viewInventory } from '#lib/nodes/inventory.ts';
import { bootEnvsQuery } from '#lib/queries.ts';
import { useSession } from '#lib/session/session-provider.tsx';
import { Section } from '../common/section.tsx';

const hostName = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

function valuesOf(node: NodeDetail) {
  return {
    name: node.name,
    description: node.description,
    bootEnv: node.bootEnv ?? '',
    installDisk: node.installDisk ?? '',
    consoleArguments: node.consoleArguments,
    available: node.available,
  };
}

type Values = ReturnType<typeof valuesOf>;

function changeOf(before: Values, next: Values): NodeChange {
  const { installDisk, ...rest } = changedMembers(before, next);
  return {
    ...rest,
    ...(installDisk === undefined ? {} : { installDisk: installDisk === '' ? null : installDisk }),
  };
}

export function NodeForm({ node }: { node: NodeDetail }) {
  const { may } = useSession();
  const router = useRouter();
  const envs = useQuery(bootEnvsQuery);
  const form = useForm({
    initialValues: valuesOf(node),
    validate: {
      name: (name) => (hostName.test(name) ? null : 'A host name: lower-case letters, digits and hyphens'),
    },
  });
  const save = useChange({
    run: (values: Values) => api.nodes.change(node.name, changeOf(valuesOf(node), values)),
    done: 'Saved.',
    refresh: [['node'], ['nodes']],
    onDone: (saved, values) => {
      form.resetDirty(values);
      if (saved.name !== node.name) router.replace(`${nodeHref(saved.name)}&tab=settings`);
    },
  });
  const disks = node.inventory === null ? [] : viewInventory(node.inventory).disks.map((disk) => disk.path);
  const submit = form.onSubmit((values) =>
    save.mutate(values, { onError: (error) => form.setErrors(fieldIssues(error)) }),
  );
  return (
    <Section title="Node">
      <form onSubmit={submit}>
        <fieldset disabled={!may('operator')} style={{ border: 0, padding: 0, margin: 0 }}>
          <Stack gap="sm">
            <TextInput
              label="Name"
              description="Also its host name after the next install."
              {...form.getInputProps('name')}
            />
            <TextInput
              label="Description"
              placeholder="Rack 3, height 12"
              {...form.getInputProps('description')}
            />
            <Autocomplete
              label="Boot env"
              description="What an install puts on it, unless asked otherwise."
              data={(envs.data ?? []).filter(({ kind }) => kind !== 'local').map(({ name }) => name)}
              {...form.getInputProps('bootEnv')}
            />
            <Autocomplete
              label="Install disk"
              description="Empty: the first disk that is not removable."
              data={disks}
              {...form.getInputProps('installDisk')}
            />
            <TextInput
              label="Console arguments"
              description="Kernel arguments, for example console=ttyS0,115200."
              {...form.getInputProps('consoleArguments')}
            />
            <Switch
              label="Available for roles"
              description="When off, proposals refuse this node."
              {...form.getInputProps('available', { type: 'checkbox' })}
            />
            <Group justify="flex-end">
              <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
                Save
              </Button>
            </Group>
          </Stack>
        </fieldset>
      </form>
    </Section>
  );
}
