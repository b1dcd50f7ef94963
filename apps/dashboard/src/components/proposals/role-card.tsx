'use client';

import { Button, Group, List, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import type { BarclampRole, Elements, Issue } from '#lib/api/types.ts';
import { countRule, objection } from '#lib/form/roles.ts';
import { carriesNodes, type DraggedNodes, droppedNodes } from './drag.ts';
import { RoleNode } from './role-node.tsx';
import classes from './roles.module.css';

interface RoleCardProps {
  role: BarclampRole;
  elements: Elements;
  issues: readonly Issue[];
  /** Nodes chosen in the list, ready to be given this role. */
  chosen: readonly string[];
  readOnly: boolean;
  onGive: () => void;
  onDrop: (dragged: DraggedNodes) => void;
  onRemove: (node: string) => void;
}

function RoleIssues({ issues, objections }: { issues: readonly Issue[]; objections: readonly string[] }) {
  const texts = new Set([...issues.map((issue) => [issue.message, issue.remedy ?? ''].join(' ').trim())]);
  if (issues.length === 0) for (const text of objections) texts.add(text);
  if (texts.size === 0) return null;
  return (
    <List size="xs" c="var(--hl-failed)" mt={8} role="alert">
      {[...texts].map((text) => (
        <List.Item key={text}>{text}</List.Item>
      ))}
    </List>
  );
}

/** A role with its nodes; a place to drop nodes on. */
export function RoleCard(props: RoleCardProps) {
  const { role, elements, issues, chosen, readOnly, onGive, onDrop, onRemove } = props;
  const [over, setOver] = useState(false);
  const nodes = elements[role.name] ?? [];
  const objections = nodes.map((node) => objection(elements, role, node)).filter((text) => text !== null);

  const allow = (event: DragEvent) => {
    if (readOnly || !carriesNodes(event)) return;
    event.preventDefault();
    setOver(true);
  };
  const take = (event: DragEvent) => {
    setOver(false);
    const dragged = droppedNodes(event);
    if (dragged === null) return;
    event.preventDefault();
    onDrop(dragged);
  };

  return (
    <section
      className={classes.role}
      aria-label={`Role ${role.name}`}
      data-over={over || undefined}
      data-wrong={issues.length > 0 || undefined}
      onDragOver={allow}
      onDragLeave={() => setOver(false)}
      onDrop={take}
    >
      <Group justify="space-between" wrap="nowrap" gap="sm" align="flex-start">
        <div>
          <Text size="sm" fw={600}>
            {role.name}{' '}
            <Text span size="xs" c="dimmed" fw={400}>
              {nodes.length} of {countRule(role)}
            </Text>
          </Text>
          <Text size="xs" c="dimmed">
            {role.description}
            {role.conflicts.length > 0 && ` Not together with ${role.conflicts.join(', ')}.`}
          </Text>
        </div>
        {!readOnly && (
          <Button
            size="compact-sm"
            variant={chosen.length > 0 ? 'filled' : 'light'}
            leftSection={<IconPlus size={14} />}
            disabled={chosen.length === 0}
            onClick={onGive}
            aria-label={`Assign ${chosen.length} chosen to ${role.name}`}
            style={{ flex: 'none' }}
          >
            Assign {chosen.length > 0 ? chosen.length : ''}
          </Button>
        )}
      </Group>
      <Group gap={6} mt={8}>
        {nodes.map((node) => (
          <RoleNode
            key={node}
            node={node}
            role={role.name}
            onRemove={readOnly ? null : () => onRemove(node)}
            wrong={issues.some((issue) => issue.path.includes(`[${nodes.indexOf(node)}]`))}
          />
        ))}
        {nodes.length === 0 && (
          <Text size="xs" c="dimmed" className={classes.hint}>
            {over ? 'Drop here' : 'No node has this role.'}
          </Text>
        )}
      </Group>
      <RoleIssues issues={issues} objections={objections} />
    </section>
  );
}
