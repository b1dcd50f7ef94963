import type { Command } from 'commander';
import type { CliConfig } from './config.ts';
import { type Connection, connect } from './connection/connect.ts';
import { Output } from './output/output.ts';

/** What every command is given: where to answer and how to reach the server. */
export interface CommandContext {
  out: Output;
  config: CliConfig;
  /** Signs in on first use, so that commands which need no server work without one. */
  connection: () => Connection;
  /** Fires at Ctrl-C. */
  signal: AbortSignal;
}

export interface CliEnvironment {
  config: CliConfig;
  out: (text: string) => void;
  err: (text: string) => void;
  signal: AbortSignal;
}

export type Action<Args extends unknown[]> = (context: CommandContext, ...args: Args) => Promise<void>;

/** Adapts an action to commander: arguments first, then options, then the command itself. */
export function action<Args extends unknown[]>(environment: CliEnvironment, run: Action<Args>) {
  return async (...received: unknown[]): Promise<void> => {
    const command = received.at(-1) as Command;
    await run(contextOf(environment, command), ...(received.slice(0, -1) as Args));
  };
}

function contextOf(environment: CliEnvironment, command: Command): CommandContext {
  const { json } = command.optsWithGlobals<{ json?: boolean }>();
  const { config, out, err, signal } = environment;
  let connection: Connection | undefined;
  return {
    out: new Output({ json: json === true, colour: config.colour, out, err }),
    config,
    signal,
    connection: () => {
      connection ??= connect(config);
      return connection;
    },
  };
}
