import { unwrap } from '@halligan/api-client';
import type { CommandContext } from '../../cli.ts';
import { table } from '../../output/table.ts';

export async function showRevisions(
  { out, connection }: CommandContext,
  barclamp: string,
  name: string,
): Promise<void> {
  const params = { path: { barclamp, name } };
  const revisions = await unwrap(
    connection().client.GET('/api/v1/proposals/{barclamp}/{name}/revisions', { params }),
  );
  out.answer(revisions, (c) =>
    table(
      c,
      ['REVISION', 'BY', 'CREATED', 'APPLIED'],
      revisions.map((one) => [
        `${one.number}${one.frozen ? '' : ' (draft)'}`,
        one.createdBy,
        one.createdAt,
        one.appliedAt ?? '–',
      ]),
    ),
  );
}

export async function deleteProposal(
  { out, connection }: CommandContext,
  barclamp: string,
  name: string,
): Promise<void> {
  const params = { path: { barclamp, name } };
  await unwrap(connection().client.DELETE('/api/v1/proposals/{barclamp}/{name}', { params }));
  out.answer({ deleted: `${barclamp}/${name}` }, () => `${barclamp}/${name} deleted`);
}
