import { SshKeyPair } from '../../shared/secrets.ts';
import type { TestApi } from '../../testing/index.ts';
import type { SshNode } from './ssh-node.ts';

/** Starts a light node and writes its record, as if it had been installed; answers the node's id. */
export async function makeNode(
  api: TestApi,
  name: string,
  machine: SshNode,
  state: 'ready' | 'readying' = 'ready',
): Promise<string> {
  await machine.start(api.get(SshKeyPair).publicKey);
  const { id } = await api.database.db.node.create({
    data: {
      name,
      state,
      stateReason: 'made by a test',
      nextAction: '',
      nextBoot: 'local',
      address: machine.address,
      platform: 'debian-12',
      sshHostKeys: [machine.hostKey],
    },
  });
  return id;
}
