import type { KnownNode } from '../book/node-book.ts';

/** The name of the boot env a machine gets next; an unknown machine is discovered. */
export function expectedBootEnv(node: Pick<KnownNode, 'nextBoot' | 'bootEnv'> | undefined): string {
  if (node?.nextBoot === 'local') return 'local';
  return node?.nextBoot === 'os-install' ? (node.bootEnv ?? 'discovery') : 'discovery';
}
