'use client';

import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { SystemInfo, SystemProcess } from '#lib/api/types.ts';
import { humanize } from '#lib/form/humanize.ts';
import { bytes } from '#lib/format.ts';
import type { Tone } from '#lib/nodes/states.ts';
import { systemQuery } from '#lib/queries.ts';
import { type Column, DataTable } from '../common/data-table.tsx';
import { Facts } from '../common/facts.tsx';
import { PageHeader } from '../common/page-header.tsx';
import { QueryView } from '../common/query-view.tsx';
import { Section } from '../common/section.tsx';
import { ToneLabel } from '../common/state-label.tsx';

function toneOf(state: string): Tone {
  if (/run|up|ok|ready|connected/.test(state)) return 'ready';
  return /start|stopp|wait/.test(state) ? 'working' : 'failed';
}

const columns: Column<SystemProcess>[] = [
  { header: 'Process', cell: ({ name }) => name },
  { header: 'State', cell: ({ state }) => <ToneLabel tone={toneOf(state)} label={state} /> },
  { header: 'Process id', cell: ({ pid }) => pid ?? '–' },
  {
    header: 'Restarts',
    cell: ({ restarts }) => (restarts === 0 ? 'none' : `${restarts}: look at its log in the data folder`),
  },
];

function shown(name: string, value: unknown): string {
  if (typeof value === 'number' && /bytes/i.test(name)) return bytes(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) return new Date(value).toLocaleString();
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (value === null || value === undefined) return '–';
  return Object.entries(value)
    .map(([key, member]) => `${humanize(key)}: ${shown(key, member)}`)
    .join(', ');
}

function factsOf({ processes: _, ...rest }: SystemInfo): Record<string, string> {
  const pairs = Object.entries(rest).map(([name, value]) => [
    humanize(name.replace(/Bytes$/, '')),
    shown(name, value),
  ]);
  return Object.fromEntries(pairs) as Record<string, string>;
}

/** Is Halligan itself well? */
export function SystemPage() {
  const system = useQuery(systemQuery);
  return (
    <>
      <PageHeader title="System" description="The processes of this server and what they stand on." />
      <QueryView query={system}>
        {(info) => (
          <Stack gap="md">
            <Section title="Server">
              <Facts facts={factsOf(info)} />
            </Section>
            <Section title="Processes" flush>
              <DataTable
                label="Processes"
                rows={info.processes}
                rowKey={({ name }) => name}
                columns={columns}
                minWidth={480}
              />
            </Section>
          </Stack>
        )}
      </QueryView>
    </>
  );
}
