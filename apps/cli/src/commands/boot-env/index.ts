import { unwrap } from '@halligan/api-client';
import type { Command } from 'commander';
import { action, type CliEnvironment, type CommandContext } from '../../cli.ts';
import { table } from '../../output/table.ts';

export function bootEnvCommands(program: Command, environment: CliEnvironment): void {
  const bootEnv = program.command('boot-env').description('what nodes can boot');
  bootEnv.command('list').description('all boot envs').action(action(environment, listBootEnvs));
  bootEnv
    .command('preview')
    .description('the boot script and install file a node would get')
    .argument('<boot-env>', 'name of a boot env')
    .argument('<node>', 'name or id of a node')
    .action(action(environment, previewBootEnv));
}

async function listBootEnvs({ out, connection }: CommandContext): Promise<void> {
  const bootEnvs = await unwrap(connection().client.GET('/api/v1/boot-envs'));
  out.answer(bootEnvs, (c) =>
    table(
      c,
      ['NAME', 'KIND', 'DESCRIPTION'],
      bootEnvs.map((one) => [one.name, one.kind, one.description]),
    ),
  );
}

async function previewBootEnv(
  { out, connection }: CommandContext,
  name: string,
  node: string,
): Promise<void> {
  const params = { path: { name }, query: { node } };
  const preview = await unwrap(connection().client.GET('/api/v1/boot-envs/{name}/preview', { params }));
  out.answer(preview, (c) =>
    [
      `${c.dim('# boot script')}\n${preview.script}`,
      preview.installFile === null ? '' : `${c.dim('# install file')}\n${preview.installFile}`,
    ]
      .filter((part) => part !== '')
      .join('\n'),
  );
}
