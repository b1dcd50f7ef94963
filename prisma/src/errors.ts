/** True for a write refused because a unique value is taken. */
export function isUniqueViolation(error: unknown): boolean {
  return codeOf(error) === 'P2002';
}

/** True for an update or delete whose row does not exist. */
export function isNotFound(error: unknown): boolean {
  return codeOf(error) === 'P2025';
}

/** True when the transaction lost against a concurrent one and may simply be tried again. */
export function isWriteConflict(error: unknown): boolean {
  return (
    codeOf(error) === 'P2034' || causes(error).some((cause) => cause['kind'] === 'TransactionWriteConflict')
  );
}

/** True when the storage below the database is full. */
export function isStorageFull(error: unknown): boolean {
  return causes(error).some(
    (cause) =>
      ['SQLITE_FULL', 'ENOSPC', '53100'].includes(String(cause['originalCode'] ?? cause['code'])) ||
      /database or disk is full|no space left on device/i.test(String(cause['message'] ?? '')),
  );
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

/** The error and everything it names as its cause, outermost first. */
function causes(error: unknown): Record<string, unknown>[] {
  const found: Record<string, unknown>[] = [];
  const queue = [error];
  while (queue.length > 0 && found.length < 10) {
    const next = queue.shift();
    if (typeof next !== 'object' || next === null) continue;
    const record = next as Record<string, unknown>;
    found.push(record);
    const meta = record['meta'] as Record<string, unknown> | undefined;
    queue.push(record['cause'], meta?.['driverAdapterError']);
  }
  return found;
}
