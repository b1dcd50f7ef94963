import { createHash } from 'node:crypto';
import type { Step } from '../step.ts';
import { maskPatterns } from './masks.ts';
import { type TarMember, tar } from './tar.ts';

/** What is sent to the runner for one node run. */
export interface Bundle {
  readonly archive: Buffer;
  /** Identifies the steps, in order, with all their content. */
  readonly hash: string;
  /** The key of each step, in order; the runner names steps by index (from 1) and key. */
  readonly keys: readonly string[];
}

/** A digest of everything a step is: on resume, a step whose key has changed is asked again. */
export function stepKey(step: Step): string {
  const { name, check, apply, verify, files, timeoutSeconds } = step;
  return digest(
    JSON.stringify([name, check, apply, verify ?? null, Object.entries(files).sort(), timeoutSeconds]),
  );
}

/** Packs the steps for the runner. The last member tells the runner that nothing broke off. */
export function bundle(steps: readonly Step[]): Bundle {
  const keys = steps.map(stepKey);
  const hash = digest(keys.join());
  const masks = maskPatterns(steps.flatMap((step) => step.secrets));
  const archive = tar([
    { path: 'hash', content: `${hash}\n` },
    { path: 'masks', content: masks.map((pattern) => `${pattern}\n`).join('') },
    {
      path: 'manifest',
      content: steps.map((step, index) => manifestLine(step, index, keys[index] ?? '')).join(''),
    },
    ...steps.flatMap(members),
    { path: 'whole', content: '' },
  ]);
  return { archive, hash, keys };
}

function manifestLine(step: Step, index: number, key: string): string {
  const verify = step.verify === undefined ? 'no' : 'yes';
  return `${[index + 1, key, step.timeoutSeconds, verify, step.preview?.path ?? ''].join('\t')}\n`;
}

function members(step: Step, index: number): TarMember[] {
  const directory = `${index + 1}`;
  const scripts = Object.entries({ check: step.check, apply: step.apply, verify: step.verify });
  return [
    ...scripts.flatMap(([name, text]) =>
      text === undefined ? [] : [{ path: `${directory}/${name}`, content: `${text}\n` }],
    ),
    ...Object.entries(step.files).map(([name, content]) => ({ path: `${directory}/files/${name}`, content })),
  ];
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
