'use client';

import { Badge, Group, SimpleGrid, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconDisc } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { BootEnv } from '#lib/api/types.ts';
import { useQueryState } from '#lib/hooks/use-query-state.ts';
import { bootEnvsQuery } from '#lib/queries.ts';
import { Empty } from '../common/empty.tsx';
import { PageHeader } from '../common/page-header.tsx';
import { QueryView } from '../common/query-view.tsx';
import { Section } from '../common/section.tsx';
import { BootEnvPreview } from './boot-env-preview.tsx';
import classes from './boot-envs.module.css';

const kinds: Record<BootEnv['kind'], string> = {
  image: 'writes an image',
  installer: 'runs an installer',
  discovery: 'finds out what the node is',
  local: 'boots from disk',
};

function Entry({ env, chosen, onChoose }: { env: BootEnv; chosen: boolean; onChoose: () => void }) {
  return (
    <UnstyledButton
      className={`surface ${classes.entry}`}
      onClick={onChoose}
      aria-pressed={chosen}
      data-chosen={chosen || undefined}
    >
      <Group justify="space-between" wrap="nowrap">
        <Text fw={600}>{env.name}</Text>
        <Badge size="sm">{kinds[env.kind] ?? env.kind}</Badge>
      </Group>
      <Text size="sm" c="dimmed" mt={2}>
        {env.description}
      </Text>
      {env.problem !== null && (
        <Text size="sm" c="var(--hl-attention)" mt={2}>
          {env.problem}
        </Text>
      )}
    </UnstyledButton>
  );
}

/** What nodes can be booted into, and what exactly a node would be sent. */
export function BootEnvsPage() {
  const envs = useQuery(bootEnvsQuery);
  const [name, setName] = useQueryState('name');
  return (
    <>
      <PageHeader
        title="Boot envs"
        description="Kernel, initrd, arguments and install file under one name. Choose one to see what a node would be sent."
      />
      <QueryView query={envs}>
        {(items) =>
          items.length === 0 ? (
            <Section>
              <Empty icon={IconDisc} title="No boot env">
                Boot envs come with the server. Their images are built or fetched when they are first needed.
              </Empty>
            </Section>
          ) : (
            <Stack gap="md">
              <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
                {items.map((env) => (
                  <Entry
                    key={env.name}
                    env={env}
                    chosen={env.name === name}
                    onChoose={() => setName(env.name)}
                  />
                ))}
              </SimpleGrid>
              {name !== null && <BootEnvPreview key={name} name={name} />}
            </Stack>
          )
        }
      </QueryView>
    </>
  );
}
