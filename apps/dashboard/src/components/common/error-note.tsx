import { Alert, Button, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { asProblem } from '#lib/api/problem.ts';

/** An error: what is wrong, what to do about it, and its stable code. */
export function ErrorNote({ error, retry }: { error: unknown; retry?: () => void }) {
  const problem = asProblem(error);
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} />} title={problem.message} maw={720}>
      {problem.remedy !== null && <Text size="sm">{problem.remedy}</Text>}
      {problem.issues.length > 0 && (
        <List size="sm" mt={4}>
          {problem.issues.map((issue) => (
            <List.Item key={`${issue.path} ${issue.code}`}>
              <span className="mono">{issue.path}</span>: {issue.message} {issue.remedy}
            </List.Item>
          ))}
        </List>
      )}
      <Text size="xs" c="dimmed" mt={6} className="mono">
        {problem.code}
      </Text>
      {retry !== undefined && (
        <Button mt="xs" size="xs" variant="default" onClick={retry}>
          Try again
        </Button>
      )}
    </Alert>
  );
}
