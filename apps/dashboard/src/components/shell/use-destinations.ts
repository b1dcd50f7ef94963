'use client';

import { IconServer, IconStack2, type TablerIcon } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { api } from '#lib/api/client.ts';
import { nodeHref, proposalHref } from '#lib/hrefs.ts';
import { proposalsQuery } from '#lib/queries.ts';
import { useSession } from '#lib/session/session-provider.tsx';
import { pageGroups } from './pages.ts';

export interface Destination {
  href: string;
  label: string;
  hint: string;
  icon: TablerIcon;
}

/** Pages, nodes and proposals whose names fit the text; nodes are searched on the server. */
export function useDestinations(text: string): Destination[] {
  const { may } = useSession();
  const needle = text.trim().toLowerCase();
  const nodes = useQuery({
    queryKey: ['destinations', needle],
    queryFn: () => api.nodes.page({ state: null, q: needle }, null, 8),
    enabled: needle !== '',
  });
  const proposals = useQuery(proposalsQuery);
  const fits = (label: string) => label.toLowerCase().includes(needle);

  const pages = pageGroups
    .flatMap((group) => group.pages)
    .filter((page) => fits(page.label) && (page.role === undefined || may(page.role)))
    .map(({ href, label, icon }) => ({ href, label, icon, hint: 'page' }));
  const foundNodes = (nodes.data?.items ?? []).map((node) => ({
    href: nodeHref(node.name),
    label: node.name,
    icon: IconServer,
    hint: node.state,
  }));
  const foundProposals = (proposals.data ?? [])
    .map(({ barclamp, name }) => ({
      href: proposalHref(barclamp, name),
      label: `${barclamp} / ${name}`,
      icon: IconStack2,
      hint: 'proposal',
    }))
    .filter(({ label }) => fits(label))
    .slice(0, 6);
  return [...foundNodes, ...pages, ...foundProposals];
}
