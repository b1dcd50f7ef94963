'use client';

import { Tabs } from '@mantine/core';
import { IconHistory, IconListDetails, IconSettings, IconTerminal2, IconTimeline } from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import type { NodeDetail } from '#lib/api/types.ts';
import { useQueryState } from '#lib/hooks/use-query-state.ts';
import { Waiting } from '../common/query-view.tsx';
import { BootTimeline } from './boot-timeline.tsx';
import { NodeHistory } from './node-history.tsx';

// Tabs that few visits open are fetched when they are opened.
const loading = () => <Waiting />;
const NodeConsole = dynamic(() => import('./node-console.tsx').then((module) => module.NodeConsole), {
  loading,
});
const NodeInventory = dynamic(() => import('./node-inventory.tsx').then((module) => module.NodeInventory), {
  loading,
});
const NodeSettings = dynamic(() => import('./node-settings.tsx').then((module) => module.NodeSettings), {
  loading,
});

const tabs = [
  { value: 'boots', label: 'Boot timeline', icon: IconTimeline },
  { value: 'inventory', label: 'Inventory', icon: IconListDetails },
  { value: 'history', label: 'History', icon: IconHistory },
  { value: 'console', label: 'Console', icon: IconTerminal2 },
  { value: 'settings', label: 'Settings', icon: IconSettings },
] as const;

type TabName = (typeof tabs)[number]['value'];

const panels: Record<TabName, (node: NodeDetail) => ReactNode> = {
  boots: (node) => <BootTimeline node={node} />,
  inventory: (node) => <NodeInventory node={node} />,
  history: (node) => <NodeHistory node={node} />,
  console: (node) => <NodeConsole key={node.id} node={node} />,
  settings: (node) => <NodeSettings node={node} />,
};

export function NodeTabs({ node }: { node: NodeDetail }) {
  const [text, setTab] = useQueryState('tab');
  const tab = tabs.find(({ value }) => value === text)?.value ?? 'boots';
  return (
    <Tabs value={tab} onChange={(value) => setTab(value)} keepMounted={false}>
      <Tabs.List mb="md">
        {tabs.map(({ value, label, icon: Icon }) => (
          <Tabs.Tab key={value} value={value} leftSection={<Icon size={16} aria-hidden />}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map(({ value }) => (
        <Tabs.Panel key={value} value={value}>
          {panels[value](node)}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
