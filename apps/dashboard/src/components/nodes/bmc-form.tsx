'use client';

import { Button, Group, NumberInput, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { api } from '#lib/api/client.ts';
import type { NodeDetail } from '#lib/api/types.ts';
import { fieldIssues } from '#lib/form/field-issues.ts';
import { useChange } from '#lib/hooks/use-change.ts';
import { useSession } from '#lib/session/session-provider.tsx';
import { confirmChange } from '../common/confirm.tsx';
import { Section } from '../common/section.tsx';

/** How Halligan reaches the node's BMC. The password can be set, never read. */
export function BmcForm({ node }: { node: NodeDetail }) {
  const { may } = useSession();
  const form = useForm({
    initialValues: {
      address: node.bmc?.address ?? '',
      port: node.bmc?.port ?? 623,
      username: node.bmc?.username ?? '',
      password: '',
    },
    validate: {
      address: (text) => (text.trim() === '' ? 'The address of the BMC' : null),
      password: (text) => (text === '' ? 'Enter it again to save' : null),
    },
  });
  const save = useChange({
    run: (values: typeof form.values) => api.nodes.setBmc(node.name, { driver: 'ipmi', ...values }),
    done: 'The BMC is saved.',
    refresh: [['node']],
    onDone: () => form.setFieldValue('password', ''),
  });
  const forget = useChange({
    run: () => api.nodes.removeBmc(node.name),
    done: 'The BMC is forgotten.',
    refresh: [['node']],
    onDone: () => form.setValues({ address: '', port: 623, username: '', password: '' }),
  });
  const submit = form.onSubmit((values) =>
    save.mutate(values, { onError: (error) => form.setErrors(fieldIssues(error)) }),
  );
  const askForget = () =>
    confirmChange({
      title: 'Forget the BMC?',
      children: 'Halligan can then no longer switch this node on or off.',
      confirm: 'Forget',
      danger: true,
      onConfirm: () => forget.mutate(),
    });
  return (
    <Section title="BMC">
      <form onSubmit={submit} autoComplete="off">
        <fieldset disabled={!may('operator')} style={{ border: 0, padding: 0, margin: 0 }}>
          <Stack gap="sm">
            <Text size="sm" c="dimmed">
              Power goes through IPMI 2.0 over the management network. Without a BMC the power actions are not
              offered.
            </Text>
            <Group grow align="flex-start" preventGrowOverflow={false}>
              <TextInput label="Address" {...form.getInputProps('address')} />
              <NumberInput label="Port" min={1} max={65535} maw={110} {...form.getInputProps('port')} />
            </Group>
            <TextInput label="User name" autoComplete="off" {...form.getInputProps('username')} />
            <PasswordInput
              label="Password"
              autoComplete="new-password"
              description={node.bmc === null ? undefined : 'One is set; it is never shown.'}
              {...form.getInputProps('password')}
            />
            <Group justify="flex-end">
              {node.bmc !== null && (
                <Button variant="default" color="red" onClick={askForget}>
                  Forget
                </Button>
              )}
              <Button type="submit" loading={save.isPending}>
                Save BMC
              </Button>
            </Group>
          </Stack>
        </fieldset>
      </form>
    </Section>
  );
}
