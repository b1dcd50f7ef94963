'use client';

import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { ReactNode } from 'react';

interface Question {
  title: string;
  children: ReactNode;
  confirm: string;
  danger?: boolean;
  onConfirm: () => void;
}

/** Asks before something that cannot be taken back. */
export function confirmChange({ title, children, confirm, danger = false, onConfirm }: Question): void {
  modals.openConfirmModal({
    title,
    children: <Text size="sm">{children}</Text>,
    labels: { confirm, cancel: 'Cancel' },
    confirmProps: { color: danger ? 'red' : 'halligan' },
    onConfirm,
  });
}
