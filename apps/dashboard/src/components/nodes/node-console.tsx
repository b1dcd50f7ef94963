'use client';

import { Button, Checkbox, Group, Text, TextInput } from '@mantine/core';
import { IconDownload, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { NodeDetail } from '#lib/api/types.ts';
import { type Lines, visible } from '#lib/console/lines.ts';
import { useConsole } from '#lib/console/use-console.ts';
import { plural } from '#lib/format.ts';
import { ErrorNote } from '../common/error-note.tsx';
import { Waiting } from '../common/query-view.tsx';
import { Section } from '../common/section.tsx';
import { ConsoleText } from './console-text.tsx';

function download(name: string, lines: readonly string[]): void {
  const url = URL.createObjectURL(new Blob([`${lines.join('\n')}\n`], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name}-console.log`;
  link.click();
  URL.revokeObjectURL(url);
}

function StreamSwitch({ held, onChange }: { held: boolean; onChange: () => void }) {
  const Icon = held ? IconPlayerPlay : IconPlayerPause;
  return (
    <Button
      size="xs"
      variant={held ? 'filled' : 'default'}
      leftSection={<Icon size={14} />}
      onClick={onChange}
    >
      {held ? 'Go on' : 'Pause'}
    </Button>
  );
}

/** What the node writes to its console: follows by itself, can be paused, searched and saved. */
export function NodeConsole({ node }: { node: NodeDetail }) {
  const { lines, ready, error } = useConsole(node.id);
  const [held, setHeld] = useState<Lines | null>(null);
  const [needle, setNeedle] = useState('');
  const [wrap, setWrap] = useState(false);
  const source = held ?? lines;
  const shown = useMemo(() => visible(source, needle), [source, needle]);
  if (error !== null && !ready) return <ErrorNote error={error} />;
  if (!ready) return <Waiting />;
  return (
    <Section
      title="Console"
      aside={
        <Group gap="xs">
          <TextInput
            size="xs"
            type="search"
            placeholder="Only lines with…"
            aria-label="Only lines with this text"
            value={needle}
            onChange={(event) => setNeedle(event.currentTarget.value)}
          />
          <Checkbox
            size="xs"
            label="Wrap"
            checked={wrap}
            onChange={(event) => setWrap(event.currentTarget.checked)}
          />
          <StreamSwitch held={held !== null} onChange={() => setHeld(held === null ? lines : null)} />
          <Button
            size="xs"
            variant="default"
            px="xs"
            aria-label="Save as a file"
            onClick={() => download(node.name, visible(lines, ''))}
          >
            <IconDownload size={14} />
          </Button>
        </Group>
      }
    >
      <ConsoleText lines={shown} wrap={wrap} follow={held === null} />
      <Text size="xs" c="dimmed" mt={6}>
        {plural(shown.length, 'line')}
        {lines.dropped > 0 && `, ${plural(lines.dropped, 'older line')} not kept here`}
        {held !== null && `, paused: ${plural(lines.done.length - held.done.length, 'new line')} since`}
      </Text>
    </Section>
  );
}
