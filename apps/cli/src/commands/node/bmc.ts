import { unwrap } from '@halligan/api-client';
import type { CommandContext } from '../../cli.ts';
import { readSecret } from '../session/secret-input.ts';

interface BmcOptions {
  address: string;
  port: string;
  username: string;
  passwordFile?: string;
}

/** Records how to reach a BMC; the password goes one way. */
export async function setBmc(
  { out, connection, signal }: CommandContext,
  node: string,
  options: BmcOptions,
): Promise<void> {
  const password = await readSecret('BMC password', options.passwordFile, signal);
  const body = {
    driver: 'ipmi' as const,
    address: options.address,
    port: Number(options.port),
    username: options.username,
    password,
  };
  const bmc = await unwrap(
    connection().client.PUT('/api/v1/nodes/{node}/bmc', { params: { path: { node } }, body }),
  );
  out.answer(bmc, () => `${node}  BMC at ${bmc.address}:${bmc.port}`);
}

export async function removeBmc({ out, connection }: CommandContext, node: string): Promise<void> {
  await unwrap(connection().client.DELETE('/api/v1/nodes/{node}/bmc', { params: { path: { node } } }));
  out.answer({ removed: node }, () => `${node}  BMC forgotten`);
}
