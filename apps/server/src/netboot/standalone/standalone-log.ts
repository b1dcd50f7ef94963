import type { StandaloneEvent } from './run-standalone-netboot.ts';

/** What a human must see even when everything else is kept quiet. */
const problems: ReadonlySet<string> = new Set([
  'exhausted',
  'not-durable',
  'boot-backend-failed',
  'overloaded',
  'socket-error',
]);

/** One line per event; a problem that repeats is told once a second, with how often it happened. */
export class StandaloneLog {
  readonly #write: (line: string) => void;
  readonly #problemsOnly: boolean;
  readonly #held = new Map<string, { count: number; until: number }>();

  constructor(options: { write: (line: string) => void; problemsOnly: boolean }) {
    this.#write = options.write;
    this.#problemsOnly = options.problemsOnly;
  }

  tell(told: StandaloneEvent, now = Date.now()): void {
    const subject = `${told.from} ${kindOf(told)}`;
    if (isProblem(told)) this.#tellHeld(subject, describe(told), now);
    else if (!this.#problemsOnly) this.#write(`${subject} ${describe(told)}`);
  }

  #tellHeld(subject: string, details: string, now: number): void {
    const held = this.#held.get(subject) ?? { count: 0, until: 0 };
    held.count += 1;
    this.#held.set(subject, held);
    if (now < held.until) return;
    this.#write(`${subject} ${details}${held.count > 1 ? ` (${held.count} times)` : ''}`);
    held.count = 0;
    held.until = now + 1000;
  }
}

function kindOf(told: StandaloneEvent): string {
  if (told.from === 'boot-http') return 'fault';
  return told.from === 'leases' ? 'recovered' : told.event.kind;
}

function isProblem(told: StandaloneEvent): boolean {
  if (told.from === 'leases') return told.recovery.tornBytes > 0 || told.recovery.unreadableLines > 0;
  return told.from === 'boot-http' || problems.has(told.event.kind);
}

function describe(told: StandaloneEvent): string {
  if (told.from === 'boot-http') return String(told.error);
  return Object.entries(told.from === 'leases' ? told.recovery : told.event)
    .filter(([name, value]) => name !== 'kind' && value !== undefined && String(value) !== '')
    .map(([name, value]) => `${name}=${value instanceof Error ? value.message : value}`)
    .join(' ');
}
