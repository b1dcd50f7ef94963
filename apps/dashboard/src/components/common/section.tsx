import { Group, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface SectionProps {
  title?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  /** Tables reach the edges. */
  flush?: boolean;
}

/** A surface with a heading. */
export function Section({ title, aside, children, flush = false }: SectionProps) {
  return (
    <section className="surface">
      {title !== undefined && (
        <Group justify="space-between" px="md" pt="sm" pb={flush ? 'xs' : 0} gap="xs">
          <Title order={2}>{title}</Title>
          {aside}
        </Group>
      )}
      <div
        style={{
          padding: flush
            ? 0
            : 'var(--mantine-spacing-sm) var(--mantine-spacing-md) var(--mantine-spacing-md)',
        }}
      >
        {children}
      </div>
    </section>
  );
}
