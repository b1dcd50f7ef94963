import { createHalliganClient, type HalliganClient, unwrap } from '@halligan/api-client';
import type { Command } from 'commander';
import type { CommandContext } from '../../cli.ts';

const NAMES_WITHIN_MS = 1000;

/** The words that may stand where the last of `words` stands; live names of nodes, barclamps and runs included. */
export async function completeWords(
  program: Command,
  words: readonly string[],
  context: Pick<CommandContext, 'connection'>,
): Promise<string[]> {
  const last = words.at(-1) ?? '';
  const { command, given } = descend(program, words.slice(0, -1));
  const candidates = last.startsWith('-') ? optionsOf(command) : await wordsFor(command, given, context);
  return candidates.filter((candidate) => candidate.startsWith(last));
}

function descend(program: Command, words: readonly string[]): { command: Command; given: string[] } {
  let command = program;
  const given: string[] = [];
  for (const word of words) {
    if (word.startsWith('-')) continue;
    const child = command.commands.find((one) => one.name() === word);
    if (child === undefined) given.push(word);
    else command = child;
  }
  return { command, given };
}

function optionsOf(command: Command): string[] {
  return [...command.options, ...(command.parent?.options ?? [])].flatMap((option) => option.long ?? []);
}

async function wordsFor(
  command: Command,
  given: readonly string[],
  context: Pick<CommandContext, 'connection'>,
): Promise<string[]> {
  const verbs = command.commands.map((child) => child.name()).filter((name) => !name.startsWith('__'));
  if (verbs.length > 0) return verbs;
  const argument = command.registeredArguments[given.length] ?? command.registeredArguments.at(-1);
  const names = argument === undefined ? undefined : NAMES[argument.name()];
  if (names === undefined) return [];
  // A completion that cannot reach the server offers nothing and says nothing: the prompt must stay usable.
  return liveNames(names, given, context).catch(() => []);
}

type Names = (client: HalliganClient, given: readonly string[]) => Promise<string[]>;

const NAMES: Record<string, Names> = {
  node: async (client) => {
    const page = await unwrap(client.GET('/api/v1/nodes', { params: { query: { limit: 500 } } }));
    return page.items.map((node) => node.name);
  },
  barclamp: async (client) => (await unwrap(client.GET('/api/v1/barclamps'))).map((one) => one.name),
  name: async (client, [barclamp]) =>
    (await unwrap(client.GET('/api/v1/proposals')))
      .filter((one) => one.barclamp === barclamp)
      .map((one) => one.name),
  run: async (client) => (await unwrap(client.GET('/api/v1/runs'))).map((run) => run.id),
  'boot-env': async (client) => (await unwrap(client.GET('/api/v1/boot-envs'))).map((one) => one.name),
};

async function liveNames(
  names: Names,
  given: readonly string[],
  { connection }: Pick<CommandContext, 'connection'>,
): Promise<string[]> {
  const { baseUrl, token, fetch } = connection();
  const quick = ((input: string, init?: RequestInit) =>
    fetch(input, { ...init, signal: AbortSignal.timeout(NAMES_WITHIN_MS) })) as typeof globalThis.fetch;
  return names(createHalliganClient({ baseUrl, token, fetch: quick }), given);
}
