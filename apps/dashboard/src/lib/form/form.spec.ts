import { describe, expect, it } from 'vitest';
import type { Issue } from '../api/types.ts';
import { changedMembers } from './changed.ts';
import { compareRevisions } from './compare-revisions.ts';
import { humanize } from './humanize.ts';
import { errorTree, parsePath, sortIssues } from './issues.ts';
import { assign, countRule, move, objection, unassign } from './roles.ts';
import { createValidator } from './validator.ts';

const issue = (path: string, message: string, remedy?: string): Issue => ({
  path,
  code: 'x',
  message,
  ...(remedy === undefined ? {} : { remedy }),
});

describe('issues', () => {
  it.each([
    ['attributes.externalServers[0]', ['attributes', 'externalServers', 0]],
    ['elements.ntp-server[12]', ['elements', 'ntp-server', 12]],
    ['attributes["a.b"].c', ['attributes', 'a.b', 'c']],
    ['', []],
  ])('reads the path %s', (path, parts) => {
    expect(parsePath(path)).toEqual(parts);
  });

  it('go to the field, the role or the proposal they belong to', () => {
    const sorted = sortIssues([
      issue('attributes.servers[1]', 'Not an address.', 'Correct it.'),
      issue('elements.ntp-server', 'Needs a node.'),
      issue('elements.ntp-server[0]', 'Unknown node.'),
      issue('attributes', 'Unknown member.'),
      issue('', 'No.'),
    ]);
    expect(sorted.attributes).toEqual([{ path: ['servers', 1], text: 'Not an address. Correct it.' }]);
    expect(sorted.roles.get('ntp-server')?.map(({ message }) => message)).toEqual([
      'Needs a node.',
      'Unknown node.',
    ]);
    expect(sorted.general.map(({ message }) => message)).toEqual(['Unknown member.', 'No.']);
  });

  it('become the tree the form library wants', () => {
    expect(
      errorTree([
        { path: ['servers', 1], text: 'a' },
        { path: ['servers', 1], text: 'b' },
        { path: ['servers'], text: 'c' },
      ]),
    ).toEqual({ servers: { __errors: ['c'], '1': { __errors: ['a', 'b'] } } });
  });
});

describe('roles', () => {
  const elements = { server: ['a'], client: ['b', 'c'] };
  const role = {
    name: 'client',
    description: '',
    minCount: 0,
    maxCount: null,
    conflicts: ['server'],
    unique: false,
  };

  it('lists a node once, and leaves other roles alone', () => {
    expect(assign(elements, 'client', ['b', 'd', 'd'])).toEqual({ server: ['a'], client: ['b', 'c', 'd'] });
    expect(assign(elements, 'new', ['a']).new).toEqual(['a']);
    expect(unassign(elements, 'client', 'b').client).toEqual(['c']);
  });

  it('moves a node by taking it out of the one and into the other', () => {
    expect(move(elements, 'client', 'server', 'b')).toEqual({ server: ['a', 'b'], client: ['c'] });
    expect(move(elements, 'client', 'client', 'b')).toBe(elements);
  });

  it('objects to conflicts', () => {
    expect(objection(elements, role, 'a')).toBe('a is server too, which excludes client.');
    expect(objection(elements, role, 'b')).toBeNull();
    expect(objection({ ...elements, third: ['b'] }, { ...role, unique: true }, 'b')).toContain('third');
  });

  it.each([
    [0, null, 'any number'],
    [1, null, '1 or more'],
    [3, 3, 'exactly 3'],
    [0, 2, 'up to 2'],
    [1, 3, '1 to 3'],
  ])('says how many: %s to %s is %s', (minCount, maxCount, words) => {
    expect(countRule({ minCount, maxCount })).toBe(words);
  });
});

describe('compareRevisions', () => {
  it('names each leaf that differs', () => {
    const older = { attributes: { a: { b: 1, c: [1] }, gone: true }, elements: { server: ['x'] } };
    const newer = { attributes: { a: { b: 2, c: [1] } }, elements: { server: ['x', 'y'] } };
    expect(compareRevisions(older, newer)).toEqual([
      { path: 'attributes.a.b', before: '1', after: '2' },
      { path: 'attributes.gone', before: 'true', after: null },
      { path: 'elements.server', before: '["x"]', after: '["x","y"]' },
    ]);
  });
});

describe('changedMembers', () => {
  it('holds only what differs', () => {
    expect(changedMembers({ a: 1, b: [1], c: null }, { a: 1, b: [2], c: null })).toEqual({ b: [2] });
  });
});

describe('humanize', () => {
  it.each([
    ['externalServers', 'External servers'],
    ['ntp-server', 'NTP server'],
    ['bootHttp', 'Boot HTTP'],
    ['Already said', 'Already said'],
  ])('%s reads %s', (name, words) => {
    expect(humanize(name)).toBe(words);
  });
});

describe('validator', () => {
  it('answers without evaluating code, following references of the root', () => {
    const root = { $defs: { port: { type: 'integer', maximum: 65535 } } } as const;
    const validator = createValidator();
    expect(validator.isValid({ $ref: '#/$defs/port' }, 8080, root)).toBe(true);
    expect(validator.isValid({ $ref: '#/$defs/port' }, 70000, root)).toBe(false);
    expect(validator.isValid({ type: 'object', required: ['a'] }, {}, {})).toBe(false);
  });
});
