import { formatIpv4, type Ipv4, parseIpv4, parseSubnet, type Subnet } from '@halligan/pxe/dhcp';
import type { Issue } from '../shared/problem.dto.ts';
import type { AddressRangeFacts, NetworkFacts } from './network-facts.ts';

interface Span {
  path: string;
  first: Ipv4;
  last: Ipv4;
}

/** Everything wrong with a network's plan, each with its path; an empty list when it holds together. */
export function networkIssues(network: Omit<NetworkFacts, 'name'>): Issue[] {
  const prefix = Number(network.cidr.split('/')[1]);
  if (prefix < 1 || prefix > 30)
    return [
      {
        path: 'cidr',
        code: 'network.prefix_unusable',
        message: `A network cannot have the prefix /${prefix}.`,
        remedy: 'Write one such as 10.78.0.0/24, with a prefix from 1 to 30.',
      },
    ];
  const subnet = parseSubnet(network.cidr);
  const spans = network.ranges.map(
    (range, index): Span => ({
      path: `ranges[${index}]`,
      first: parseIpv4(range.first),
      last: parseIpv4(range.last),
    }),
  );
  return [
    ...gatewayIssues(subnet, network.gateway, spans, network.ranges),
    ...spans.flatMap((span) => spanIssues(subnet, span)),
    ...overlaps(spans),
  ];
}

function gatewayIssues(
  subnet: Subnet,
  gateway: string | null,
  spans: readonly Span[],
  ranges: readonly AddressRangeFacts[],
): Issue[] {
  if (gateway === null) return [];
  const address = parseIpv4(gateway);
  if (address <= subnet.base || address >= subnet.broadcast)
    return [outside('gateway', `The gateway ${gateway} is not in ${subnet.cidr}.`, subnet)];
  const at = spans.findIndex(
    (span, index) => ranges[index]?.purpose !== 'admin' && address >= span.first && address <= span.last,
  );
  if (at < 0) return [];
  return [
    {
      path: `ranges[${at}]`,
      code: 'network.range_holds_gateway',
      message: `The range holds the gateway ${gateway}, which could then be given to a node.`,
      remedy: 'Split the range round the gateway.',
    },
  ];
}

function spanIssues(subnet: Subnet, { path, first, last }: Span): Issue[] {
  const name = `${formatIpv4(first)}-${formatIpv4(last)}`;
  if (first > last)
    return [
      {
        path,
        code: 'network.range_reversed',
        message: `The range ${name} begins above its end.`,
        remedy: 'Exchange first and last.',
      },
    ];
  if (first <= subnet.base || last >= subnet.broadcast)
    return [outside(path, `The range ${name} does not lie in ${subnet.cidr}.`, subnet)];
  return [];
}

function overlaps(spans: readonly Span[]): Issue[] {
  const sorted = [...spans].sort((a, b) => a.first - b.first);
  return sorted.flatMap((span, index) => {
    const before = sorted[index - 1];
    if (!before || before.last < span.first) return [];
    return [
      {
        path: span.path,
        code: 'network.ranges_overlap',
        message: `The range shares addresses with ${before.path}.`,
        remedy: 'Give each address one purpose.',
      },
    ];
  });
}

function outside(path: string, message: string, subnet: Subnet): Issue {
  const usable = `${formatIpv4(subnet.base + 1)} to ${formatIpv4(subnet.broadcast - 1)}`;
  return { path, code: 'network.address_outside', message, remedy: `Choose from ${usable}.` };
}
