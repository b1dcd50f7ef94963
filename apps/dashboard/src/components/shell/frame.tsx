'use client';

import { AppShell, Burger, Group, ScrollArea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { usePathname } from 'next/navigation';
import { type ReactNode, useEffect } from 'react';
import { LiveProvider } from '#lib/live/live-provider.tsx';
import { SessionProvider } from '#lib/session/session-provider.tsx';
import { Brand } from './brand.tsx';
import { CommandPalette } from './command-palette.tsx';
import { LiveBadge } from './live-badge.tsx';
import { NavLinks } from './nav-links.tsx';
import { SchemeSwitch } from './scheme-switch.tsx';
import { StartScreen } from './start-screen.tsx';
import { UserMenu } from './user-menu.tsx';

function Header({ opened, toggle }: { opened: boolean; toggle: () => void }) {
  return (
    <Group h="100%" px="md" gap="sm" wrap="nowrap" justify="space-between">
      <Group gap="xs" wrap="nowrap">
        <Burger
          opened={opened}
          onClick={toggle}
          hiddenFrom="sm"
          size="sm"
          aria-label={opened ? 'Close navigation' : 'Open navigation'}
        />
        <Brand />
      </Group>
      <Group gap={6} wrap="nowrap">
        <CommandPalette />
        <LiveBadge />
        <SchemeSwitch />
        <UserMenu />
      </Group>
    </Group>
  );
}

function Shell({ children }: { children: ReactNode }) {
  const [opened, { toggle, close }] = useDisclosure();
  const path = usePathname();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the drawer
  useEffect(close, [path, close]);
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 212, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <a className="skip-link" href="#main">
        Skip to content
      </a>
      <AppShell.Header bg="var(--hl-surface)">
        <Header opened={opened} toggle={toggle} />
      </AppShell.Header>
      <AppShell.Navbar bg="var(--hl-surface)" aria-label="Main">
        <ScrollArea p="xs">
          <NavLinks />
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1}>
        {children}
      </AppShell.Main>
    </AppShell>
  );
}

/** The frame around every page but the sign-in page. */
export function Frame({ children }: { children: ReactNode }) {
  if (usePathname().startsWith('/sign-in')) return children;
  return (
    <SessionProvider waiting={<StartScreen />}>
      <LiveProvider>
        <Shell>{children}</Shell>
      </LiveProvider>
    </SessionProvider>
  );
}
