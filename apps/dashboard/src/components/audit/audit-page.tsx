'use client';

import { Button, Center, Text } from '@mantine/core';
import { IconClipboardList } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { AuditEntry } from '#lib/api/types.ts';
import type { Tone } from '#lib/nodes/states.ts';
import { auditQuery } from '#lib/queries.ts';
import { type Column, DataTable } from '../common/data-table.tsx';
import { Empty } from '../common/empty.tsx';
import { PageHeader } from '../common/page-header.tsx';
import { QueryView } from '../common/query-view.tsx';
import { Section } from '../common/section.tsx';
import { ToneLabel } from '../common/state-label.tsx';
import { Moment } from '../common/times.tsx';

const tones: Record<AuditEntry['outcome'], Tone> = { done: 'ready', refused: 'attention', failed: 'failed' };

const columns: Column<AuditEntry>[] = [
  { header: 'When', cell: ({ at }) => <Moment at={at} /> },
  { header: 'Who', cell: ({ actor, address }) => `${actor}${address === null ? '' : ` from ${address}`}` },
  { header: 'What', cell: ({ action }) => <span className="mono">{action}</span> },
  { header: 'On', cell: ({ subjectKind, subjectId }) => `${subjectKind} ${subjectId}` },
  { header: 'Outcome', cell: ({ outcome }) => <ToneLabel tone={tones[outcome]} label={outcome} /> },
  {
    header: 'Detail',
    cell: ({ detail }) =>
      Object.keys(detail).length === 0 ? (
        '–'
      ) : (
        <Text span size="xs" className="mono" lineClamp={2} title={JSON.stringify(detail, null, 1)}>
          {JSON.stringify(detail)}
        </Text>
      ),
  },
];

/** Who changed what, and what was refused. */
export function AuditPage() {
  const audit = useInfiniteQuery(auditQuery);
  return (
    <>
      <PageHeader title="Audit" description="Every change, and everything that was refused. Newest first." />
      <Section flush>
        <QueryView query={audit}>
          {({ pages }) => {
            const items = pages.flatMap((page) => page.items);
            if (items.length === 0) {
              return (
                <Empty icon={IconClipboardList} title="Nothing is recorded yet">
                  Changes through the dashboard, the command line and the API are recorded here.
                </Empty>
              );
            }
            return (
              <DataTable
                label="Audit"
                rows={items}
                rowKey={({ id }) => String(id)}
                columns={columns}
                minWidth={900}
              />
            );
          }}
        </QueryView>
        {audit.hasNextPage && (
          <Center p="sm">
            <Button
              variant="default"
              size="xs"
              loading={audit.isFetchingNextPage}
              onClick={() => void audit.fetchNextPage()}
            >
              Older entries
            </Button>
          </Center>
        )}
      </Section>
    </>
  );
}
