'use client';

import { Grid, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { BarclampDetail, Elements, Issue } from '#lib/api/types.ts';
import { assign, move, unassign } from '#lib/form/roles.ts';
import { Section } from '../common/section.tsx';
import type { DraggedNodes } from './drag.ts';
import { NodePicker } from './node-picker.tsx';
import { RoleCard } from './role-card.tsx';

interface RoleBoardProps {
  barclamp: BarclampDetail;
  elements: Elements;
  onChange: (elements: Elements) => void;
  issues: ReadonlyMap<string, Issue[]>;
  readOnly: boolean;
}

/** Nodes at the left, roles at the right: drag, or choose nodes and press a role's button. */
export function RoleBoard({ barclamp, elements, onChange, issues, readOnly }: RoleBoardProps) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const give = (role: string, nodes: readonly string[]) => {
    onChange(assign(elements, role, nodes));
    setChosen([]);
  };
  const drop = (role: string, dragged: DraggedNodes) => {
    const [only] = dragged.nodes;
    if (dragged.from !== null && only !== undefined) onChange(move(elements, dragged.from, role, only));
    else give(role, dragged.nodes);
  };
  // Roles only the draft knows are shown too, so that they can be emptied.
  const known = new Set(barclamp.roles.map((role) => role.name));
  const strays = Object.keys(elements)
    .filter((name) => !known.has(name))
    .map((name) => ({
      name,
      description: 'The barclamp has no such role.',
      minCount: 0,
      maxCount: 0,
      conflicts: [],
      unique: false,
    }));
  return (
    <Section
      title="Roles"
      aside={
        <Text size="xs" c="dimmed">
          Drag nodes onto roles, or choose some and press “Assign”.
        </Text>
      }
    >
      <Grid gap="md" mt={6}>
        {!readOnly && (
          <Grid.Col span={{ base: 12, sm: 5 }}>
            <NodePicker chosen={chosen} onChoose={setChosen} elements={elements} />
          </Grid.Col>
        )}
        <Grid.Col span={{ base: 12, sm: readOnly ? 12 : 7 }}>
          <Stack gap="sm">
            {[...barclamp.roles, ...strays].map((role) => (
              <RoleCard
                key={role.name}
                role={role}
                elements={elements}
                issues={issues.get(role.name) ?? []}
                chosen={chosen}
                readOnly={readOnly}
                onGive={() => give(role.name, chosen)}
                onDrop={(dragged) => drop(role.name, dragged)}
                onRemove={(node) => onChange(unassign(elements, role.name, node))}
              />
            ))}
          </Stack>
        </Grid.Col>
      </Grid>
    </Section>
  );
}
