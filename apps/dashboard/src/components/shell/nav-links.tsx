'use client';

import { NavLink, Text } from '@mantine/core';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useSession } from '#lib/session/session-provider.tsx';
import classes from './nav-links.module.css';
import { pageGroups } from './pages.ts';

export function NavLinks() {
  const path = usePathname();
  const { may } = useSession();
  return pageGroups.map((group) => (
    <div key={group.label} className={classes.group}>
      <Text size="xs" fw={600} c="dimmed" px="xs" pb={4}>
        {group.label}
      </Text>
      {group.pages
        .filter((page) => page.role === undefined || may(page.role))
        .map(({ href, also, label, icon: Icon }) => {
          const current = path === href || path === also;
          return (
            <NavLink
              key={href}
              component={Link}
              href={href}
              label={label}
              active={current}
              aria-current={current ? 'page' : undefined}
              leftSection={<Icon size={17} stroke={1.7} aria-hidden />}
              className={classes.link}
            />
          );
        })}
    </div>
  ));
}
