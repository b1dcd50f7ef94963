import { EmptyState, Group } from '@mantine/core';
import type { TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface EmptyProps {
  icon: TablerIcon;
  title: string;
  /** What would be here and how it gets here. */
  children: ReactNode;
  action?: ReactNode;
}

/** Says why there is nothing and what to do about it. */
export function Empty({ icon: Icon, title, children, action }: EmptyProps) {
  return (
    <EmptyState
      py="xl"
      px="md"
      size="sm"
      icon={<Icon size={26} stroke={1.5} />}
      withIndicatorBackground
      title={title}
      description={<span style={{ display: 'inline-block', maxWidth: 520 }}>{children}</span>}
    >
      {action !== undefined && <Group justify="center">{action}</Group>}
    </EmptyState>
  );
}
