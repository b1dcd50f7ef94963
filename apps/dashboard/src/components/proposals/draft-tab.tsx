'use client';

import { Alert, Grid, List, Loader, Stack } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import { useMemo } from 'react';
import type { BarclampDetail } from '#lib/api/types.ts';
import { sortIssues } from '#lib/form/issues.ts';
import type { DraftState } from '#lib/form/use-draft.ts';
import { useSession } from '#lib/session/session-provider.tsx';
import { Waiting } from '../common/query-view.tsx';
import { Section } from '../common/section.tsx';
import { RoleBoard } from './role-board.tsx';

/** The form library is large, and only this page needs it. */
const AttributesForm = dynamic(
  () => import('./attributes-form.tsx').then((module) => module.AttributesForm),
  {
    loading: () => <Waiting rows={3} />,
  },
);

/** Settings at the left, roles at the right; what is wrong is said where it is wrong. */
export function DraftTab({ barclamp, draft }: { barclamp: BarclampDetail; draft: DraftState }) {
  const { may } = useSession();
  const sorted = useMemo(() => sortIssues(draft.issues), [draft.issues]);
  return (
    <Stack gap="md">
      {sorted.general.length > 0 && (
        <Alert color="red" icon={<IconAlertCircle size={18} />} title="To solve before it can be planned">
          <List size="sm">
            {sorted.general.map((issue) => (
              <List.Item key={`${issue.path} ${issue.code}`}>
                {issue.message} {issue.remedy}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Section title="Settings" aside={draft.validating && <Loader size={14} aria-label="Checking" />}>
            <AttributesForm
              schema={barclamp.attributesSchema}
              value={{ ...barclamp.defaultAttributes, ...draft.attributes }}
              onChange={draft.setAttributes}
              issues={sorted.attributes}
              readOnly={!may('operator')}
            />
          </Section>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <RoleBoard
            barclamp={barclamp}
            elements={draft.elements}
            onChange={draft.setElements}
            issues={sorted.roles}
            readOnly={!may('operator')}
          />
        </Grid.Col>
      </Grid>
    </Stack>
  );
}
