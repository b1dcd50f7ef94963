'use client';

import { Checkbox, Group, ScrollArea, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconGripVertical, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Elements, NodeSummary } from '#lib/api/types.ts';
import { toneOf } from '#lib/nodes/states.ts';
import { nodesQuery } from '#lib/queries.ts';
import { Led } from '../common/led.tsx';
import { Waiting } from '../common/query-view.tsx';
import { startDrag } from './drag.ts';
import classes from './roles.module.css';

interface NodePickerProps {
  chosen: readonly string[];
  onChoose: (nodes: readonly string[]) => void;
  elements: Elements;
}

const shown = 200;

interface PickProps {
  node: NodeSummary;
  checked: boolean;
  roles: number;
  onToggle: () => void;
  dragged: readonly string[];
}

function Pick({ node, checked, roles, onToggle, dragged }: PickProps) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dragging is one of three ways; the checkbox is for keys
    <div
      className={classes.pick}
      draggable
      onDragStart={(event) => startDrag(event, { nodes: [...dragged], from: null })}
      data-chosen={checked || undefined}
    >
      <IconGripVertical size={14} className={classes.grip} aria-hidden />
      <Checkbox
        size="xs"
        checked={checked}
        onChange={onToggle}
        label={
          <Group gap={7} wrap="nowrap" component="span">
            <Led tone={toneOf(node.state)} size={7} />
            <span>{node.name}</span>
          </Group>
        }
        styles={{ body: { alignItems: 'center' } }}
      />
      <Text span size="xs" c="dimmed" ml="auto">
        {roles > 0 ? `${roles} ${roles === 1 ? 'role' : 'roles'}` : node.state}
      </Text>
    </div>
  );
}

function toggled(chosen: readonly string[], name: string): string[] {
  return chosen.includes(name) ? chosen.filter((each) => each !== name) : [...chosen, name];
}

/** The nodes a role can be given to; searched on the server. */
export function NodePicker({ chosen, onChoose, elements }: NodePickerProps) {
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text.trim(), 200);
  const nodes = useInfiniteQuery({
    ...nodesQuery({ state: null, q }),
    placeholderData: (previous) => previous,
  });
  const items = nodes.data?.pages[0]?.items.slice(0, shown) ?? [];
  const rolesOf = (name: string) => Object.values(elements).filter((names) => names.includes(name)).length;
  return (
    <div>
      <TextInput
        size="xs"
        type="search"
        aria-label="Search nodes to assign"
        placeholder="Search nodes"
        leftSection={<IconSearch size={14} />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        mb={6}
      />
      <Group justify="space-between" mb={4}>
        <Text size="xs" c="dimmed">
          {chosen.length === 0 ? `${items.length} shown` : `${chosen.length} chosen`}
        </Text>
        <Checkbox
          size="xs"
          label="all shown"
          checked={items.length > 0 && items.every((node) => chosen.includes(node.name))}
          onChange={(event) => onChoose(event.currentTarget.checked ? items.map((node) => node.name) : [])}
        />
      </Group>
      {nodes.data === undefined ? (
        <Waiting rows={3} height={28} />
      ) : (
        <ScrollArea.Autosize
          mah={340}
          className={classes.picks}
          viewportProps={{ tabIndex: 0, 'aria-label': 'Nodes' }}
        >
          {items.map((node) => (
            <Pick
              key={node.id}
              node={node}
              roles={rolesOf(node.name)}
              checked={chosen.includes(node.name)}
              onToggle={() => onChoose(toggled(chosen, node.name))}
              dragged={chosen.includes(node.name) ? chosen : [node.name]}
            />
          ))}
          {items.length === 0 && (
            <Text size="sm" c="dimmed" p="sm">
              {q === ''
                ? 'No node is known yet. Boot one from the network first.'
                : 'No node is called that.'}
            </Text>
          )}
        </ScrollArea.Autosize>
      )}
    </div>
  );
}
