import type { Logger } from 'pino';
import { ConfigError, ServerConfig } from '../../config.ts';
import { createLog } from '../log.ts';
import { tellParent } from './parent.ts';

/** A started process: what to tell when it is ready, and how to stop it. */
export interface Running {
  info: Record<string, string>;
  stop(): Promise<void>;
}

/** A clean stop that takes longer than this is cut short; whatever was in flight is found again from the database. */
const STOP_LIMIT_MS = 8_000;

/** The life of one server process: configuration, log, start, ready, stop on a signal or when the supervisor is gone. */
export async function runProcess(
  name: string,
  start: (config: ServerConfig, log: Logger) => Promise<Running>,
): Promise<void> {
  let log: Logger | null = null;
  try {
    const config = ServerConfig.parse();
    log = createLog(config, name);
    const theLog = log;
    process.on('uncaughtException', (error) => die(name, theLog, error));
    process.on('unhandledRejection', (error) => die(name, theLog, error));
    const stopping = stopOnce(theLog);
    const running = await start(config, log);
    stopping.arm(running);
    log.info({ ...running.info }, `${name} is ready`);
    tellParent({ type: 'ready', info: running.info });
  } catch (error) {
    die(name, log, error);
  }
}

function stopOnce(log: Logger): { arm(running: Running): void } {
  let running: Running | null = null;
  let asked = false;
  const stop = async (why: string) => {
    if (asked) return;
    asked = true;
    log.info({ why }, 'stopping');
    setTimeout(() => process.exit(0), STOP_LIMIT_MS).unref();
    await running?.stop();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
  process.on('disconnect', () => void stop('the supervisor is gone'));
  return {
    arm: (started) => {
      running = started;
      if (asked) void started.stop().then(() => process.exit(0));
    },
  };
}

function die(name: string, log: Logger | null, error: unknown): void {
  const cause = error instanceof Error ? error : new Error(String(error));
  const code = 'code' in cause ? String(cause.code) : 'server.failed';
  if (log === null) process.stderr.write(`halligan ${name}: ${cause.message}\n`);
  else log.error({ code, error: cause.stack }, `${name} ends: ${cause.message}`);
  tellParent({ type: 'failed', code, message: cause.message });
  // Give the message a turn of the event loop to leave.
  setTimeout(() => process.exit(error instanceof ConfigError ? 2 : 1), 50);
}
