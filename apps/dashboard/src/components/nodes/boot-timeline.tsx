'use client';

import { Stack, Text } from '@mantine/core';
import { IconTimeline } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Boot, NodeDetail } from '#lib/api/types.ts';
import { useNow } from '#lib/hooks/use-now.ts';
import { nodeBootsQuery } from '#lib/queries.ts';
import { bootDuration } from '#lib/timeline/layout.ts';
import { Empty } from '../common/empty.tsx';
import { QueryView } from '../common/query-view.tsx';
import { Section } from '../common/section.tsx';
import { BootStrip } from './boot-strip.tsx';
import { Waterfall } from './waterfall.tsx';

function Boots({ boots }: { boots: Boot[] }) {
  const now = useNow();
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = boots.find(({ id }) => id === chosen) ?? boots[0];
  const longest = Math.max(...boots.map((boot) => bootDuration(boot, now)));
  if (shown === undefined) return null;
  return (
    <Stack gap="md">
      {boots.length > 1 && (
        <Section
          title="Boots compared"
          aside={
            <Text size="xs" c="dimmed">
              one scale, newest first
            </Text>
          }
        >
          <Stack gap={4} mt={4}>
            {boots.map((boot) => (
              <BootStrip
                key={boot.id}
                boot={boot}
                scaleMs={longest}
                now={now}
                chosen={boot.id === shown.id}
                onChoose={() => setChosen(boot.id)}
              />
            ))}
          </Stack>
        </Section>
      )}
      <Waterfall boot={shown} now={now} />
    </Stack>
  );
}

/** Where the time of each boot went, from the first packet to the first contact. */
export function BootTimeline({ node }: { node: NodeDetail }) {
  const boots = useQuery(nodeBootsQuery(node.id));
  return (
    <QueryView query={boots}>
      {(items) =>
        items.length === 0 ? (
          <Section>
            <Empty icon={IconTimeline} title="No boot was seen yet">
              Every network boot of this node leaves a timeline here: DHCP, boot loader, kernel, agent,
              install and first contact, each with its duration.
            </Empty>
          </Section>
        ) : (
          <Boots boots={items} />
        )
      }
    </QueryView>
  );
}
