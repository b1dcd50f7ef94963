'use client';

import { Badge, Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ProposalDetail, Revision } from '#lib/api/types.ts';
import { compareRevisions } from '#lib/form/compare-revisions.ts';
import { revisionsQuery } from '#lib/queries.ts';
import { useSession } from '#lib/session/session-provider.tsx';
import { QueryView } from '../common/query-view.tsx';
import { Section } from '../common/section.tsx';
import { Ago } from '../common/times.tsx';
import classes from './plan.module.css';

interface RevisionsTabProps {
  proposal: ProposalDetail;
  restore: (revision: Revision) => void;
}

function Changes({ older, newer }: { older: Revision | undefined; newer: Revision }) {
  const changes = older === undefined ? [] : compareRevisions(older, newer);
  if (older === undefined) return <Text size="sm">First revision.</Text>;
  if (changes.length === 0) return <Text size="sm">The same as revision {older.number}.</Text>;
  return (
    <ul className={classes.steps}>
      {changes.map(({ path, before, after }) => (
        <li key={path}>
          <Text size="sm">
            <span className="mono">{path}</span>: {before ?? 'nothing'} → {after ?? 'nothing'}
          </Text>
        </li>
      ))}
    </ul>
  );
}

/** Every saved revision with what it changed; an older one can be taken up again. */
export function RevisionsTab({ proposal, restore }: RevisionsTabProps) {
  const { may } = useSession();
  const revisions = useQuery(revisionsQuery(proposal.barclamp, proposal.name));
  return (
    <QueryView query={revisions}>
      {(items) => {
        const sorted = items.toSorted((a, b) => b.number - a.number);
        return (
          <Group gap="md" style={{ flexDirection: 'column', alignItems: 'stretch' }}>
            {sorted.map((revision, index) => (
              <Section
                key={revision.number}
                title={`Revision ${revision.number}`}
                aside={
                  <Group gap="xs">
                    {revision.number === proposal.appliedRevision && <Badge color="teal">applied</Badge>}
                    {!revision.frozen && <Badge color="gray">draft</Badge>}
                    <Text size="xs" c="dimmed">
                      {revision.createdBy} · <Ago at={revision.createdAt} />
                    </Text>
                    {may('operator') && revision.frozen && (
                      <Button size="compact-xs" variant="default" onClick={() => restore(revision)}>
                        Edit from here
                      </Button>
                    )}
                  </Group>
                }
              >
                <Changes older={sorted[index + 1]} newer={revision} />
              </Section>
            ))}
          </Group>
        );
      }}
    </QueryView>
  );
}
