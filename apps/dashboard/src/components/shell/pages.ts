import {
  IconActivityHeartbeat,
  IconBox,
  IconClipboardList,
  IconDisc,
  IconGauge,
  IconKey,
  IconNetwork,
  IconPlayerPlay,
  IconServer,
  IconStack2,
  type TablerIcon,
} from '@tabler/icons-react';
import type { Role } from '#lib/api/types.ts';

export interface PageEntry {
  href: string;
  label: string;
  icon: TablerIcon;
  /** Also current on these paths. */
  also?: string;
  role?: Role;
}

/** The pages of the navigation, in groups. */
export const pageGroups: { label: string; pages: PageEntry[] }[] = [
  {
    label: 'Fleet',
    pages: [
      { href: '/', label: 'Overview', icon: IconGauge },
      { href: '/nodes/', label: 'Nodes', icon: IconServer, also: '/node/' },
    ],
  },
  {
    label: 'Services',
    pages: [
      { href: '/proposals/', label: 'Proposals', icon: IconStack2, also: '/proposal/' },
      { href: '/runs/', label: 'Runs', icon: IconPlayerPlay, also: '/run/' },
      { href: '/barclamps/', label: 'Barclamps', icon: IconBox },
    ],
  },
  {
    label: 'Boot plane',
    pages: [
      { href: '/networks/', label: 'Networks', icon: IconNetwork },
      { href: '/boot-envs/', label: 'Boot envs', icon: IconDisc },
    ],
  },
  {
    label: 'Administration',
    pages: [
      { href: '/access/', label: 'Users and tokens', icon: IconKey },
      { href: '/audit/', label: 'Audit', icon: IconClipboardList, role: 'admin' },
      { href: '/system/', label: 'System', icon: IconActivityHeartbeat },
    ],
  },
];
