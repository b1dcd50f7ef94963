import { migrate } from '@halligan/db';
import type { Logger } from 'pino';
import { ConfigError, ServerConfig } from '../config.ts';
import { createFirstAdmin, type FirstAdmin } from '../identity/first-admin.ts';
import { createLog } from '../shared/log.ts';
import { type DataFolder, takeDataFolder } from './data-folder.ts';
import { ensureCertificate, ensureKeys } from './first-secrets.ts';
import { Supervisor } from './supervisor.ts';

/** What is printed when everything runs: one line of JSON with --json, a few for people without. */
export interface ReadyLine {
  url: string;
  bootHttp: string;
  dataDir: string;
  certificateFingerprint: string;
  /** Only at the first start, and never again. */
  admin?: FirstAdmin;
}

/** `halligan server`: everything on one machine, until it is told to stop. */
export async function runServer(): Promise<void> {
  let folder: DataFolder | null = null;
  let supervisor: Supervisor | null = null;
  const stop = async (code: number): Promise<never> => {
    await supervisor?.stop();
    folder?.release();
    process.exit(code);
  };
  try {
    const config = ServerConfig.parse();
    folder = takeDataFolder(config);
    const log = createLog(config, 'server');
    stopOnSignals(log, stop);
    ensureKeys(config);
    const certificateFingerprint = await ensureCertificate(config);
    const applied = await migrate(config.databaseUrl);
    if (applied.length > 0) log.info({ migrations: applied }, 'the database is up to date now');
    supervisor = new Supervisor(config, log);
    const info = await supervisor.start();
    const admin = await createFirstAdmin(config);
    announce(config, {
      url: info['url'] ?? '',
      bootHttp: info['bootHttp'] ?? config.publicBootUrl,
      dataDir: config.dataDir,
      certificateFingerprint,
      ...(admin === null ? {} : { admin }),
    });
  } catch (error) {
    process.stderr.write(`halligan server: ${error instanceof Error ? error.message : String(error)}\n`);
    await stop(error instanceof ConfigError ? 2 : 1);
  }
}

function stopOnSignals(log: Logger, stop: (code: number) => Promise<never>): void {
  let asked = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (asked) return;
      asked = true;
      log.info({ signal }, 'stopping');
      void stop(0);
    });
}

function announce(config: ServerConfig, line: ReadyLine): void {
  if (config.json) {
    process.stdout.write(`${JSON.stringify(line)}\n`);
    return;
  }
  const text = [
    '',
    `  Halligan is ready:  ${line.url}`,
    `  Boot HTTP:          ${line.bootHttp}`,
    `  Data folder:        ${line.dataDir}`,
    `  Certificate:        SHA-256 ${line.certificateFingerprint}`,
  ];
  if (line.admin !== undefined)
    text.push(
      '',
      '  Sign in as the administrator. This password is shown once and must be changed at the first sign-in:',
      `    user      ${line.admin.username}`,
      `    password  ${line.admin.oneTimePassword}`,
    );
  process.stdout.write(`${text.join('\n')}\n\n`);
}
