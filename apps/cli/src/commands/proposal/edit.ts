import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unwrap } from '@halligan/api-client';
import { stringify } from 'yaml';
import type { CommandContext } from '../../cli.ts';
import { CommandEnded, ExitCode } from '../../exit-code.ts';
import { type InputOptions, mergeInput, type ProposalInput, parseInput } from './input.ts';
import { describeProposal } from './show.ts';

/** Saves a new draft; refused when someone else has saved since it was read. */
export async function editProposal(
  { out, connection, config }: CommandContext,
  barclamp: string,
  name: string,
  options: InputOptions,
): Promise<void> {
  const { client } = connection();
  const params = { path: { barclamp, name } };
  const { draft } = await unwrap(client.GET('/api/v1/proposals/{barclamp}/{name}', { params }));
  const present = { attributes: draft.attributes, elements: draft.elements };
  const byOptions = options.file ?? options.set ?? options.assign;
  const input = byOptions === undefined ? editByHand(config.editor, present) : mergeInput(present, options);
  const body = { version: draft.version, ...input };
  const proposal = await unwrap(client.PUT('/api/v1/proposals/{barclamp}/{name}', { params, body }));
  out.answer(proposal, (c) => describeProposal(c, proposal));
}

function editByHand(editor: string, present: ProposalInput): ProposalInput {
  const dir = mkdtempSync(join(tmpdir(), 'halligan-edit-'));
  const file = join(dir, 'proposal.yaml');
  try {
    writeFileSync(file, stringify(present), { mode: 0o600 });
    const [program = 'vi', ...rest] = editor.split(' ');
    const { status, error } = spawnSync(program, [...rest, file], { stdio: 'inherit' });
    if (error !== undefined || status !== 0) {
      throw new CommandEnded(
        ExitCode.failed,
        `${editor} did not end well; nothing was saved.`,
        'Set EDITOR.',
      );
    }
    return { ...present, ...parseInput(readFileSync(file, 'utf8')) };
  } finally {
    rmSync(dir, { recursive: true });
  }
}
