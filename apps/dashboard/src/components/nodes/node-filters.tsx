'use client';

import { Chip, Group, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { NodeState } from '#lib/api/types.ts';
import { isNodeState, nodeStates, stateOrder, toneOf } from '#lib/nodes/states.ts';
import { Led } from '../common/led.tsx';

interface NodeFiltersProps {
  counts: Record<string, number>;
  state: NodeState | null;
  onState: (state: NodeState | null) => void;
  search: string;
  onSearch: (text: string) => void;
}

export function NodeFilters({ counts, state, onState, search, onSearch }: NodeFiltersProps) {
  const present = stateOrder.filter((name) => (counts[name] ?? 0) > 0 || name === state);
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <Group gap="sm" mb="md" align="center">
      <TextInput
        type="search"
        aria-label="Search nodes"
        placeholder="Name, address, MAC or serial"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={search}
        onChange={(event) => onSearch(event.currentTarget.value)}
        w={{ base: '100%', xs: 270 }}
        size="sm"
      />
      <Chip.Group value={state ?? 'all'} onChange={(value) => onState(isNodeState(value) ? value : null)}>
        <Group gap={6} role="radiogroup" aria-label="Only nodes in state">
          <Chip value="all" size="xs" variant="light">
            all {total.toLocaleString()}
          </Chip>
          {present.map((name) => (
            <Chip key={name} value={name} size="xs" variant="light" title={nodeStates[name].means}>
              <Group gap={6} wrap="nowrap" component="span">
                <Led tone={toneOf(name)} size={7} />
                {name} {(counts[name] ?? 0).toLocaleString()}
              </Group>
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Group>
  );
}
