import type { ToChild, ToParent } from './messages.ts';

/** Tells the supervisor; without one nothing happens. */
export function tellParent(message: ToParent): void {
  if (process.connected) process.send?.(message);
}

export function onParentMessage<T extends ToChild['type']>(
  type: T,
  listener: (message: Extract<ToChild, { type: T }>) => void,
): void {
  process.on('message', (message: ToChild) => {
    if (message.type === type) listener(message as Extract<ToChild, { type: T }>);
  });
}
