import colours from 'picocolors';
import type { NodeSummary } from '../bring-up/node-watch.ts';

const STATE_COLOURS: Record<string, (text: string) => string> = {
  ready: colours.green,
  failed: colours.red,
  discovered: colours.cyan,
  installed: colours.cyan,
};

/**
 * What the person in front of the lab sees, on stderr: a line for each change, and on a terminal a last line
 * that says how far each machine is.
 */
export class Display {
  readonly #out = process.stderr;
  readonly #begun = Date.now();
  readonly #states = new Map<string, string>();
  #status = '';

  /** A line with the time since the beginning. */
  line(text: string): void {
    const elapsed = ((Date.now() - this.#begun) / 1000).toFixed(1).padStart(6);
    this.plain(`${colours.dim(`${elapsed} s`)}  ${text}`);
  }

  plain(text: string): void {
    this.#out.write(`${this.#out.isTTY ? '\r\u001b[K' : ''}${text}\n`);
    this.#showStatus();
  }

  /** Shows what has changed about the nodes since the last call. */
  nodes(nodes: readonly NodeSummary[]): void {
    for (const node of nodes) {
      const { state, stateReason } = node;
      const phase = phaseOf(node.progress?.message ?? '');
      const known = this.#states.get(node.id);
      if (known === `${state} ${phase}` || (phase === '' && known?.startsWith(`${state} `))) continue;
      this.#states.set(node.id, `${state} ${phase}`);
      const paint = STATE_COLOURS[state] ?? colours.yellow;
      this.line(
        `${colours.bold(node.name.padEnd(12))} ${paint(state.padEnd(19))} ${colours.dim(phase || stateReason)}`,
      );
    }
    this.#status = nodes.map(shortStatus).join(' · ');
    this.#showStatus();
  }

  /** Ends the status line. */
  quiet(): void {
    this.#status = '';
    if (this.#out.isTTY) this.#out.write('\r\u001b[K');
  }

  #showStatus(): void {
    if (!this.#out.isTTY || this.#status === '') return;
    this.#out.write(`\r\u001b[K${colours.dim(this.#status.slice(0, (this.#out.columns ?? 80) - 1))}`);
  }
}

function shortStatus(node: NodeSummary): string {
  const percent = node.progress?.percent;
  return `${node.name} ${node.state}${percent === null || percent === undefined ? '' : ` ${percent} %`}`;
}

/** The words of a progress message; what only counts on (`57 of 94 MB`) is no news. */
function phaseOf(message: string): string {
  return message.replace(/\d.*$/, '').trim();
}
