import { vi } from 'vitest';

/** Waits until the check passes, with patience for a machine that is busy with other things; the last failure is thrown. */
export function eventually<Value>(check: () => Value | Promise<Value>): Promise<Value> {
  return vi.waitFor(check, { timeout: 15_000, interval: 5 });
}
