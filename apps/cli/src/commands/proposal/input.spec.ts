import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { mergeInput } from './input.ts';

const present = { attributes: { a: 1, deep: { b: 2 } }, elements: { server: ['n1'] } };

it('sets one attribute by path and leaves the others', () => {
  const { attributes } = mergeInput(present, { set: ['deep.c=["x"]', 'on=true'] });

  expect(attributes).toEqual({ a: 1, deep: { b: 2, c: ['x'] }, on: true });
  expect(present.attributes.deep).toEqual({ b: 2 });
});

it('assigns nodes to roles', () => {
  expect(mergeInput(present, { assign: ['client=n2,n3'] }).elements).toEqual({
    server: ['n1'],
    client: ['n2', 'n3'],
  });
});

it('reads a file and lets options win over it', () => {
  const dir = mkdtempSync(join(tmpdir(), 'halligan-input-'));
  const file = join(dir, 'p.yaml');
  writeFileSync(file, 'attributes: {a: 5}\n');

  expect(mergeInput(present, { file, set: ['z=1'] })).toEqual({
    attributes: { a: 5, z: 1 },
    elements: { server: ['n1'] },
  });
  rmSync(dir, { recursive: true });
});

it('refuses what is not of the form', () => {
  expect(() => mergeInput(present, { assign: ['nonsense'] })).toThrow('--assign role=node,node');
});
