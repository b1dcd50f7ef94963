import { homedir } from 'node:os';
import { join } from 'node:path';

/** Settings of the command line that come from the environment. */
export interface CliConfig {
  url: string | undefined;
  token: string | undefined;
  fingerprint: string | undefined;
  configDir: string;
  colour: boolean;
  /** program and fixed arguments, for example `code --wait` */
  editor: string;
}

/** Reads HALLIGAN_URL, HALLIGAN_TOKEN, HALLIGAN_FINGERPRINT, HALLIGAN_CONFIG_DIR, XDG_CONFIG_HOME, VISUAL, EDITOR and NO_COLOR. */
export function readConfig(
  env: NodeJS.ProcessEnv = process.env,
  isTerminal = process.stdout.isTTY,
): CliConfig {
  return {
    url: env.HALLIGAN_URL,
    token: env.HALLIGAN_TOKEN,
    fingerprint: env.HALLIGAN_FINGERPRINT,
    configDir: env.HALLIGAN_CONFIG_DIR ?? join(env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'halligan'),
    editor: env.VISUAL ?? env.EDITOR ?? 'vi',
    colour: (env.NO_COLOR ?? '') === '' && isTerminal === true,
  };
}
