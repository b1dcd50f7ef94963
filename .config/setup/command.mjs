import { spawn } from 'node:child_process';
import { Problem } from './problem.mjs';

const KEPT_OUTPUT = 6000;
const running = new Set();

/**
 * Runs a program to its end and returns what it wrote; on failure throws with the last of it.
 * `onStatus` gets the lines the program writes to descriptor 3, `onLine` those to stderr. `letFinish`: not to be ended half-way.
 */
export function run(file, args, { cwd, env, onStatus, onLine, remedy, letFinish = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe', onStatus === undefined ? 'ignore' : 'pipe'],
      // A group of its own: it is ended with everything it started, and only by us.
      detached: true,
    });
    if (!letFinish && child.pid !== undefined) running.add(child);
    let output = '';
    const keep = (text) => {
      output = (output + text).slice(-KEPT_OUTPUT);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', (text) => {
      keep(text);
      if (onLine !== undefined) eachLine(text, onLine);
    });
    if (onStatus !== undefined)
      child.stdio[3].setEncoding('utf8').on('data', (text) => eachLine(text, onStatus));
    child.on('error', (error) => {
      running.delete(child);
      reject(new Problem(`cannot start ${file}: ${error.message}`, remedy ?? `Install ${file}.`));
    });
    child.on('close', (code, signal) => {
      running.delete(child);
      if (code === 0) return resolve(output);
      const command = [file, ...args].join(' ');
      reject(
        new Problem(
          `${command}\nended with ${code ?? signal}:\n${output.trim()}`,
          remedy ?? 'See the output above.',
        ),
      );
    });
  });
}

/** Ends every program still running with all it started, but for those that must finish. */
export function endAll() {
  for (const child of running) process.kill(-child.pid, 'SIGTERM');
}

function eachLine(text, take) {
  for (const line of text.split('\n')) if (line !== '') take(line);
}
