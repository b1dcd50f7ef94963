/** The operating system of a node, as its own `os-release` tells. */
export interface OperatingSystem {
  /** `debian`, `ubuntu`, `rocky`, … */
  readonly id: string;
  /** `12`, `24.04`, … */
  readonly version: string;
}

/** What a barclamp may know of a node. */
export interface TargetNode {
  readonly name: string;
  readonly os: OperatingSystem;
  /**
   * The node's address on the named network.
   *
   * @throws {Error} when the node has none there.
   */
  address(network: string): string;
}

/** A node by its bare facts, for tests and wherever addresses are known up front. */
export function targetNode(facts: {
  readonly name: string;
  readonly os: OperatingSystem;
  readonly addresses: Readonly<Record<string, string>>;
}): TargetNode {
  return {
    name: facts.name,
    os: facts.os,
    address(network) {
      const address = facts.addresses[network];
      if (address === undefined)
        throw new Error(`Node ${facts.name} has no address on network "${network}".`);
      return address;
    },
  };
}
