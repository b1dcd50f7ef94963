import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { CommandEnded, ExitCode } from '../../exit-code.ts';

export interface InputOptions {
  file?: string;
  set?: string[];
  assign?: string[];
}

export interface ProposalInput {
  attributes: Record<string, unknown>;
  elements: Record<string, string[]>;
}

/** What was asked for on the command line, on top of what is there already. */
export function mergeInput(present: ProposalInput, options: InputOptions): ProposalInput {
  const fromFile = options.file === undefined ? present : { ...present, ...readInputFile(options.file) };
  const attributes = structuredClone(fromFile.attributes);
  for (const setting of options.set ?? []) setAttribute(attributes, setting);
  const elements = { ...fromFile.elements };
  for (const assignment of options.assign ?? []) {
    const [role, nodes] = split(assignment, '--assign role=node,node');
    elements[role] = nodes.split(',').filter((node) => node !== '');
  }
  return { attributes, elements };
}

export function parseInput(text: string): Partial<ProposalInput> {
  const value: unknown = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CommandEnded(
      ExitCode.usage,
      'The file holds no mapping.',
      'Write `attributes:` and `elements:`.',
    );
  }
  return value;
}

function readInputFile(file: string): Partial<ProposalInput> {
  return parseInput(readFileSync(file === '-' ? 0 : file, 'utf8'));
}

function setAttribute(attributes: Record<string, unknown>, setting: string): void {
  const [path, text] = split(setting, '--set path=value');
  const keys = path.split('.');
  const last = keys.pop();
  let place = attributes;
  for (const key of keys) {
    if (typeof place[key] !== 'object' || place[key] === null) place[key] = {};
    place = place[key] as Record<string, unknown>;
  }
  if (last !== undefined) place[last] = parse(text);
}

function split(text: string, form: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new CommandEnded(ExitCode.usage, `${text} is not of the form ${form}.`);
  return [text.slice(0, at), text.slice(at + 1)];
}
