import { CloseButton } from '@mantine/core';
import { startDrag } from './drag.ts';
import classes from './roles.module.css';

interface RoleNodeProps {
  node: string;
  role: string;
  wrong: boolean;
  /** Null when it cannot be changed. */
  onRemove: (() => void) | null;
}

/** A node in a role: drag it to another role, or take it out. */
export function RoleNode({ node, role, wrong, onRemove }: RoleNodeProps) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dragging is a short cut; the button inside is for keys
    <span
      className={classes.chip}
      data-wrong={wrong || undefined}
      draggable={onRemove !== null}
      onDragStart={(event) => startDrag(event, { nodes: [node], from: role })}
    >
      {node}
      {onRemove !== null && (
        <CloseButton size={18} iconSize={12} aria-label={`Take ${node} out of ${role}`} onClick={onRemove} />
      )}
    </span>
  );
}
