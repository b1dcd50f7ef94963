import { asProblem } from '../api/problem.ts';

/** Messages by field name, for the fields of a form; the last part of each issue's path counts. */
export function fieldIssues(error: unknown): Record<string, string> {
  return Object.fromEntries(
    asProblem(error).issues.map((issue) => [
      issue.path.replace(/^body\./, ''),
      [issue.message, issue.remedy].filter((text) => text !== undefined).join(' '),
    ]),
  );
}
