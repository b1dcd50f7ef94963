import { EventEmitter } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';

/** One line of a machine's serial console and when its first byte came. */
export interface ConsoleLine {
  readonly at: Date;
  readonly text: string;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal escape sequences begin with one
const ESCAPES = /\u001b(?:\[[0-9;?=]*[A-Za-z]|[()][A-Z0-9]|[=>cM78])|[\u0000\u0007\u0008\r]/g;

/** Keeps a machine's serial console: every line with its time in a file, and news of each for who listens. */
export class ConsoleLog extends EventEmitter<{ line: [ConsoleLine]; text: [string] }> {
  readonly path: string;
  readonly #file: WriteStream;
  #line = '';
  #lineAt = new Date();

  constructor(path: string) {
    super();
    this.path = path;
    this.#file = createWriteStream(path, { flags: 'a', mode: 0o600 });
    this.setMaxListeners(0);
  }

  /** Takes what came from the serial port, cut anywhere. */
  write(chunk: string): void {
    for (const part of chunk.split(/(?<=\n)/)) this.#take(part);
    this.emit('text', this.#line.replace(ESCAPES, ''));
  }

  /** Notes something the rack did to the machine, such as pulling its plug. */
  note(text: string): void {
    this.#endLine();
    this.#lineAt = new Date();
    this.#line = `--- ${text}`;
    this.#endLine();
  }

  /** Resolves with the first text from now on that matches, a prompt without a line's end included. */
  waitFor(pattern: RegExp, timeoutMs: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer);
        this.off('line', onLine).off('text', onText);
        act();
      };
      const onText = (text: string) => {
        if (pattern.test(text)) settle(() => resolve(text));
      };
      const onLine = (line: ConsoleLine) => onText(line.text);
      const timer = setTimeout(
        () =>
          settle(() =>
            reject(new Error(`${pattern} not on the console within ${timeoutMs} ms: ${this.path}`)),
          ),
        timeoutMs,
      );
      this.on('line', onLine).on('text', onText);
    });
  }

  /** Writes out what is left; resolves when it is in the file. */
  close(): Promise<void> {
    this.#endLine();
    return new Promise((resolve) => this.#file.end(resolve));
  }

  #take(part: string): void {
    if (this.#line === '') this.#lineAt = new Date();
    this.#line += part.replace('\n', '');
    if (part.endsWith('\n')) this.#endLine();
  }

  #endLine(): void {
    const line = { at: this.#lineAt, text: this.#line.replace(ESCAPES, '') };
    this.#line = '';
    if (line.text === '') return;
    this.#file.write(`${line.at.toISOString()} ${line.text}\n`);
    this.emit('line', line);
  }
}
