'use client';

import { Badge, Button, Group, SimpleGrid, Text, Title } from '@mantine/core';
import { IconBox, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { BarclampSummary } from '#lib/api/types.ts';
import { countRule } from '#lib/form/roles.ts';
import { barclampsQuery } from '#lib/queries.ts';
import { useSession } from '#lib/session/session-provider.tsx';
import { Empty } from '../common/empty.tsx';
import { PageHeader } from '../common/page-header.tsx';
import { QueryView } from '../common/query-view.tsx';
import { Section } from '../common/section.tsx';
import { NewProposal } from '../proposals/new-proposal.tsx';
import classes from './barclamps.module.css';

function Card({ barclamp, onDeploy }: { barclamp: BarclampSummary; onDeploy: (() => void) | null }) {
  const order = barclamp.elementOrder.map((batch) => batch.join(' + ')).join(' → ');
  return (
    <article className={`surface ${classes.card}`}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Title order={2}>{barclamp.name}</Title>
          <Text size="sm" c="dimmed">
            {barclamp.description}
          </Text>
        </div>
        {onDeploy !== null && (
          <Button
            size="xs"
            variant="light"
            leftSection={<IconPlus size={14} />}
            onClick={onDeploy}
            aria-label={`New proposal for ${barclamp.name}`}
            style={{ flex: 'none' }}
          >
            Proposal
          </Button>
        )}
      </Group>
      {barclamp.requires.length > 0 && (
        <Group gap={6}>
          <Text size="xs" c="dimmed">
            needs
          </Text>
          {barclamp.requires.map((name) => (
            <Badge key={name} variant="default" size="sm">
              {name}
            </Badge>
          ))}
        </Group>
      )}
      <dl className={classes.roles}>
        {barclamp.roles.map((role) => (
          <div key={role.name}>
            <dt>
              {role.name}{' '}
              <Text span size="xs" c="dimmed" fw={400}>
                {countRule(role)}
              </Text>
            </dt>
            <dd>{role.description}</dd>
          </div>
        ))}
      </dl>
      {barclamp.elementOrder.length > 1 && (
        <Text size="xs" c="dimmed">
          Order: {order}
        </Text>
      )}
    </article>
  );
}

/** What can be deployed. */
export function BarclampsPage() {
  const { may } = useSession();
  const [deploying, setDeploying] = useState<string | null>(null);
  const barclamps = useQuery(barclampsQuery);
  return (
    <>
      <PageHeader
        title="Barclamps"
        description="Each bundles the roles of one service, with its settings, its order and its steps."
      />
      <QueryView query={barclamps}>
        {(items) =>
          items.length === 0 ? (
            <Section>
              <Empty icon={IconBox} title="No barclamp is installed">
                Barclamps are packages of the server; they are listed here after it has started with them.
              </Empty>
            </Section>
          ) : (
            <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} spacing="md">
              {items.map((barclamp) => (
                <Card
                  key={barclamp.name}
                  barclamp={barclamp}
                  onDeploy={may('operator') ? () => setDeploying(barclamp.name) : null}
                />
              ))}
            </SimpleGrid>
          )
        }
      </QueryView>
      {deploying !== null && <NewProposal barclamp={deploying} close={() => setDeploying(null)} />}
    </>
  );
}
