'use client';

import { Group, Kbd, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import classes from './command-palette.module.css';

const Dialog = dynamic(() => import('./command-dialog.tsx').then((module) => module.CommandDialog));

/** The search field of the header; opens a list of pages, nodes and proposals (Ctrl+K). */
export function CommandPalette() {
  const [opened, { open, close }] = useDisclosure();
  useHotkeys(
    [
      ['mod+K', open],
      ['/', open],
    ],
    ['INPUT', 'TEXTAREA', 'SELECT'],
  );
  return (
    <>
      <UnstyledButton
        onClick={open}
        className={classes.trigger}
        aria-label="Go to… Ctrl K: a page, node or proposal"
      >
        <Group gap={8} wrap="nowrap">
          <IconSearch size={16} stroke={1.7} aria-hidden />
          <Text size="sm" visibleFrom="md">
            Go to…
          </Text>
          <Kbd size="xs" visibleFrom="md">
            Ctrl K
          </Kbd>
        </Group>
      </UnstyledButton>
      {opened && <Dialog close={close} />}
    </>
  );
}
