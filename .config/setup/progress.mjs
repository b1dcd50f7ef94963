/**
 * What the person in front of it sees, on stderr: on a terminal one line that says what is going on now,
 * elsewhere a line for each beginning and, every ten seconds, for what is still going on.
 */
export class Progress {
  #out = process.stderr;
  #begun = Date.now();
  #active = new Map();
  #timer;
  #colour = process.stderr.isTTY && process.env.NO_COLOR === undefined;

  start(title) {
    const step = { since: Date.now(), note: '', shown: false };
    this.#active.set(title, step);
    setTimeout(() => this.#show(title, step), 1000).unref();
    this.#timer ??= setInterval(() => this.#tick(), this.#out.isTTY ? 250 : 10_000);
  }

  /** Says how far a step is, for example `43 %`. */
  note(title, note) {
    const step = this.#active.get(title);
    if (step !== undefined) step.note = note;
  }

  done(title) {
    const { since, shown } = this.#active.get(title);
    this.#active.delete(title);
    if (shown) this.#line(`${this.#paint(32, '✓')} ${title}  ${seconds(since)}`);
  }

  failed(title) {
    this.#active.delete(title);
    this.#line(`${this.#paint(31, '✗')} ${title}`);
  }

  /** Ends the display with a last line. */
  finish(text) {
    this.stop();
    this.#line(`${text} (${seconds(this.#begun)})`);
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = undefined;
    if (this.#out.isTTY) this.#out.write('\r\u001b[K');
  }

  /** What is over within a second is not worth a line. */
  #show(title, step) {
    if (this.#active.get(title) !== step) return;
    step.shown = true;
    if (!this.#out.isTTY) this.#line(`  ${title} …`);
  }

  #tick() {
    const parts = [...this.#active].map(
      ([title, { since, note }]) => `${title} ${note ? `${note} ` : ''}(${seconds(since)})`,
    );
    if (parts.length === 0) return;
    if (this.#out.isTTY)
      this.#out.write(`\r\u001b[K… ${parts.join(' · ')}`.slice(0, (this.#out.columns ?? 80) + 3));
    else this.#line(`  … ${parts.join(' · ')}`);
  }

  #line(text) {
    this.#out.write(`${this.#out.isTTY ? '\r\u001b[K' : ''}${text}\n`);
  }

  #paint(code, text) {
    return this.#colour ? `\u001b[${code}m${text}\u001b[0m` : text;
  }
}

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
