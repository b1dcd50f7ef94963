import { describe, expect, it } from 'vitest';
import { planRanges } from './address-plan.ts';
import type { AddressRangeFacts } from './network-facts.ts';
import { networkIssues } from './network-rules.ts';

const network = (ranges: AddressRangeFacts[], gateway: string | null = null) => ({
  cidr: '10.0.0.0/24',
  gateway,
  dns: [],
  ranges,
});
const host = (first: string, last: string): AddressRangeFacts => ({ purpose: 'host', first, last });

describe('networkIssues', () => {
  it('finds nothing wrong with what we plan ourselves', () => {
    expect(networkIssues(network(planRanges('10.0.0.0/24', '10.0.0.1'), '10.0.0.1'))).toEqual([]);
  });

  it('reports all at once, each with its place', () => {
    const issues = networkIssues(
      network(
        [
          host('10.0.0.9', '10.0.0.5'),
          host('10.0.0.0', '10.0.0.4'),
          host('10.0.0.100', '10.0.0.120'),
          host('10.0.0.110', '10.0.0.130'),
        ],
        '10.0.1.1',
      ),
    );

    expect(issues.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'gateway network.address_outside',
      'ranges[0] network.range_reversed',
      'ranges[1] network.address_outside',
      'ranges[3] network.ranges_overlap',
    ]);
  });

  it('does not let the gateway be given to a node', () => {
    expect(networkIssues(network([host('10.0.0.2', '10.0.0.9')], '10.0.0.5'))).toMatchObject([
      { path: 'ranges[0]', code: 'network.range_holds_gateway' },
    ]);
  });
});
