import { NodeSSH } from 'node-ssh';
import type { ServerHostKeyAlgorithm } from 'ssh2';
import { pinnedKeys } from './host-keys.ts';
import { ShellError } from './shell-error.ts';
import type { ShellTarget } from './shell-target.ts';

const READY_TIMEOUT_MS = 10_000;
const KEEPALIVE_MS = 5_000;
const KEEPALIVES_MISSED = 3;
/** Commands of one node that may be under way at once before Node suspects a leak. */
const LISTENERS = 100;

/**
 * Opens a connection to the node as root. Only the pinned host keys are accepted.
 *
 * @throws {ShellError} saying which of the things that can go wrong did.
 */
export async function connect(target: ShellTarget, privateKey: string, port = 22): Promise<NodeSSH> {
  const { name, address, sshHostKeys } = target;
  if (address === null) throw new ShellError('ssh.no_address', `Node ${name} has no address yet.`);
  const pinned = pinnedKeys(sshHostKeys);
  if (pinned.algorithms.length === 0)
    throw new ShellError(
      'ssh.no_host_key',
      `No host key of node ${name} is known: it has not called back yet.`,
    );
  let denied = false;
  try {
    const ssh = await new NodeSSH().connect({
      host: address,
      port,
      username: 'root',
      privateKey,
      readyTimeout: READY_TIMEOUT_MS,
      keepaliveInterval: KEEPALIVE_MS,
      keepaliveCountMax: KEEPALIVES_MISSED,
      algorithms: { serverHostKey: pinned.algorithms as ServerHostKeyAlgorithm[] },
      hostVerifier: (blob: Buffer) => {
        denied = !pinned.matches(blob);
        return !denied;
      },
    });
    // What breaks later closes the connection, which whoever uses it notices; unheard, it would end the process.
    ssh.connection?.setMaxListeners(LISTENERS).on('error', () => undefined);
    return ssh;
  } catch (error) {
    throw explain(name, address, error, denied);
  }
}

function explain(name: string, address: string, error: unknown, denied: boolean): ShellError {
  const { message, level } = error as Error & { level?: string };
  const strange = denied || (level === 'handshake' && /host key/i.test(message));
  if (strange) {
    return new ShellError(
      'ssh.host_key_mismatch',
      `What answers at ${address} does not have the host key of node ${name}. If the node was reinstalled by hand, reinstall it through Halligan.`,
      { cause: error },
    );
  }
  if (level === 'client-authentication')
    return new ShellError('ssh.refused', `Node ${name} (${address}) does not accept our SSH key.`, {
      cause: error,
    });
  return new ShellError('ssh.unreachable', `Node ${name} (${address}) does not answer on SSH: ${message}`, {
    cause: error,
  });
}
