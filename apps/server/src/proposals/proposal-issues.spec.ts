import { describe, expect, it } from 'vitest';
import { testBarclamp } from '../runs/testing/test-barclamp.ts';
import { type Candidate, draftIssues } from './proposal-issues.ts';

const node = (name: string, more: Partial<Candidate> = {}): Candidate => ({
  name,
  state: 'ready',
  available: true,
  ...more,
});
const NODES = [node('one'), node('two'), node('three')];

const check = (attributes: Record<string, unknown>, elements: Record<string, string[]>, nodes = NODES) => {
  const { refused, open } = draftIssues(testBarclamp, attributes, elements, nodes);
  const brief = ({ path, code }: { path: string; code: string }) =>
    `${path} ${code.replace('proposal.', '')}`;
  return { refused: refused.map(brief), open: open.map(brief) };
};

describe('draftIssues', () => {
  it('finds nothing wrong with a good draft', () => {
    expect(
      check({ greeting: 'hi', nested: { depth: 2 } }, { server: ['one'], client: ['two', 'three'] }),
    ).toEqual({
      refused: [],
      open: [],
    });
  });

  it('names every mistake at once, each with its path', () => {
    const attributes = { greeting: 7, surprise: true, nested: { depth: 'deep' } };
    const elements = { server: ['one', 'nobody', 'one'], clown: ['two'] };

    expect(check(attributes, elements).refused).toEqual([
      'attributes.surprise unknown_attribute',
      'attributes.greeting invalid_attribute',
      'attributes.nested.depth invalid_attribute',
      'elements.server[1] unknown_node',
      'elements.server[2] node_twice',
      'elements.clown unknown_role',
    ]);
  });

  it('finds unknown attributes at any depth', () => {
    expect(check({ nested: { depth: 1, width: 2 } }, { server: ['one'] }).refused).toEqual([
      'attributes.nested.width unknown_attribute',
    ]);
  });

  it('lets a draft be incomplete, and says what is missing', () => {
    expect(check({}, {})).toEqual({ refused: [], open: ['elements.server too_few_nodes'] });
    expect(check({}, { server: ['one', 'two'] }).open).toEqual(['elements.server too_many_nodes']);
  });

  it('finds roles that do not go together', () => {
    expect(check({}, { server: ['one'], client: ['two', 'one'] }).open).toEqual([
      'elements.client[1] role_conflict',
    ]);
  });

  it.each([node('one', { available: false }), node('one', { state: 'retired' })])(
    'finds a node that takes no roles',
    (one) => {
      expect(check({}, { server: ['one'] }, [one]).open).toEqual(['elements.server[0] node_unavailable']);
    },
  );

  it.each(['__proto__', 'constructor', 'toString'])('is not fooled by a role called %s', (role) => {
    expect(check({}, { server: ['one'], ...JSON.parse(`{"${role}": ["two"]}`) }).refused).toEqual([
      `elements.${role} unknown_role`,
    ]);
  });
});
