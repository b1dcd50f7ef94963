import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LoggerService } from '@nestjs/common';
import { destination, type Logger, multistream, pino } from 'pino';
import pretty from 'pino-pretty';
import type { ServerConfig } from '../config.ts';

/** JSON lines into the data folder's `logs/<process>.log`, and for people on stderr. */
export function createLog(config: ServerConfig, process: string): Logger {
  const directory = join(config.dataDir, 'logs');
  mkdirSync(directory, { recursive: true });
  const level = config.logLevel;
  const file = destination({ dest: join(directory, `${process}.log`), sync: true });
  file.on('error', () => {
    // A full disk must not stop the process; stderr still has the line.
  });
  const people = pretty({
    destination: 2,
    sync: true,
    ignore: 'pid,hostname,process',
    messageFormat: '[{process}] {msg}',
  });
  return pino(
    {
      level,
      base: { process },
      redact: ['password', 'token', 'secret', '*.password', '*.token', '*.secret'],
    },
    multistream([
      { stream: file, level },
      { stream: people, level: level === 'debug' ? 'debug' : 'info' },
    ]),
  );
}

type Level = 'debug' | 'info' | 'warn' | 'error';

/**
 * Nest's logger on top of pino: `new Logger('Name').warn({ msg: 'static text', node: 'n1' })` keeps its fields.
 */
export class NestLog implements LoggerService {
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  log(message: unknown, ...rest: unknown[]): void {
    // Nest tells of every route it maps at this level; that is for debugging.
    const context = rest.at(-1);
    const chatty = ['RoutesResolver', 'RouterExplorer', 'InstanceLoader', 'NestFactory', 'NestApplication'];
    this.#write(chatty.includes(String(context)) ? 'debug' : 'info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.#write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.#write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.#write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.#write('debug', message, rest);
  }

  #write(level: Level, message: unknown, rest: unknown[]): void {
    const component = typeof rest.at(-1) === 'string' ? { component: rest.at(-1) } : {};
    if (message instanceof Error) this.#log[level]({ ...component, error: message.stack }, message.message);
    else if (typeof message === 'object') this.#log[level]({ ...component, ...message });
    else this.#log[level](component, String(message));
  }
}
