import { unwrap } from '@halligan/api-client';
import type { CommandContext } from '../../cli.ts';
import { describeNode } from './show.ts';

interface EditOptions {
  name?: string;
  description?: string;
  bootEnv?: string;
  installDisk?: string;
  console?: string;
}

export async function editNode(
  { out, connection }: CommandContext,
  node: string,
  options: EditOptions,
): Promise<void> {
  const { console: consoleArguments, ...rest } = options;
  const fields = ['name', 'description', 'bootEnv', 'installDisk'] as const;
  const body = Object.fromEntries(
    fields.filter((field) => rest[field] !== undefined).map((field) => [field, rest[field]]),
  );
  const detail = await unwrap(
    connection().client.PATCH('/api/v1/nodes/{node}', {
      params: { path: { node } },
      body: { ...body, ...(consoleArguments === undefined ? {} : { consoleArguments }) },
    }),
  );
  out.answer(detail, (c) => describeNode(c, detail));
}
