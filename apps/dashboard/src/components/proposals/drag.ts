import type { DragEvent } from 'react';

export interface DraggedNodes {
  nodes: string[];
  /** The role they are dragged out of; null when they come from the list of nodes. */
  from: string | null;
}

const kind = 'application/x-halligan-nodes';

export function startDrag(event: DragEvent, dragged: DraggedNodes): void {
  event.dataTransfer.setData(kind, JSON.stringify(dragged));
  event.dataTransfer.setData('text/plain', dragged.nodes.join(' '));
  event.dataTransfer.effectAllowed = dragged.from === null ? 'copy' : 'move';
}

export function carriesNodes(event: DragEvent): boolean {
  return event.dataTransfer.types.includes(kind);
}

export function droppedNodes(event: DragEvent): DraggedNodes | null {
  const text = event.dataTransfer.getData(kind);
  return text === '' ? null : (JSON.parse(text) as DraggedNodes);
}
