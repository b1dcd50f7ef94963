'use client';

import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { NodeDetail } from '#lib/api/types.ts';
import { bootEnvsQuery } from '#lib/queries.ts';

interface InstallQuestion {
  node: NodeDetail;
  label: string;
  does: string;
  onConfirm: (bootEnv: string) => void;
}

function InstallForm({ node, label, does, onConfirm }: InstallQuestion) {
  const envs = useQuery(bootEnvsQuery);
  const choices = (envs.data ?? []).filter(({ kind }) => kind === 'image' || kind === 'installer');
  const [chosen, setChosen] = useState<string | null>(null);
  const preset =
    choices.find(({ name }) => name === node.bootEnv) ?? choices.find(({ name }) => name === 'debian-12');
  const value = chosen ?? preset?.name ?? choices[0]?.name ?? null;
  return (
    <Stack gap="sm">
      <Text size="sm">{does}</Text>
      <Select
        label="Boot env"
        description="What is installed, and how."
        data={choices.map(({ name, description }) => ({ value: name, label: `${name} – ${description}` }))}
        value={value}
        onChange={setChosen}
        allowDeselect={false}
      />
      <Text size="sm" c="dimmed">
        Disk: {node.installDisk ?? 'chosen by Halligan (the first that is not removable)'}
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={() => modals.closeAll()}>
          Cancel
        </Button>
        <Button
          color="red"
          disabled={value === null}
          onClick={() => {
            modals.closeAll();
            if (value !== null) onConfirm(value);
          }}
        >
          {label}
        </Button>
      </Group>
    </Stack>
  );
}

/** Asks what to install before it wipes anything. */
export function askInstall(question: InstallQuestion): void {
  modals.open({ title: `${question.label} ${question.node.name}?`, children: <InstallForm {...question} /> });
}
