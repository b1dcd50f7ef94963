import { StandardSchemaValidationPipe } from '@nestjs/common';
import { ProblemError } from '../problem.error.ts';

interface SchemaIssue {
  readonly message: string;
  readonly code?: string;
  readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined;
}

/** Parses bodies, queries and path parameters by their zod schemas; all problems at once, each with its path. */
export function validationPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({
    exceptionFactory: (issues: readonly SchemaIssue[]) =>
      new ProblemError(400, 'request.invalid', summary(issues), {
        remedy: 'Correct the fields named in `issues` and send the request again.',
        issues: issues.map((issue) => ({
          path: pathOf(issue),
          code: `request.${issue.code ?? 'invalid'}`,
          message: issue.message,
        })),
      }),
  });
}

function summary(issues: readonly SchemaIssue[]): string {
  return issues.map((issue) => `${pathOf(issue) || 'request'}: ${issue.message}`).join('; ');
}

/** Written as in a program: `elements.ntp-server[0]`. */
export function pathOf(issue: Pick<SchemaIssue, 'path'>): string {
  let path = '';
  for (const segment of issue.path ?? []) {
    const key = typeof segment === 'object' ? segment.key : segment;
    path += typeof key === 'number' ? `[${key}]` : `${path === '' ? '' : '.'}${String(key)}`;
  }
  return path;
}
