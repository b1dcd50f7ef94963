'use client';

import { Text } from '@mantine/core';
import { withTheme } from '@rjsf/core';
import type { ErrorSchema, RJSFSchema } from '@rjsf/utils';
import { useMemo } from 'react';
import type { Attributes } from '#lib/api/types.ts';
import { errorTree, type SortedIssues } from '#lib/form/issues.ts';
import { createValidator } from '#lib/form/validator.ts';
import { formTheme } from '../rjsf/theme.ts';

const Form = withTheme(formTheme);
const validator = createValidator();

interface AttributesFormProps {
  schema: Record<string, unknown>;
  value: Attributes;
  onChange: (value: Attributes) => void;
  issues: SortedIssues['attributes'];
  readOnly: boolean;
}

/** A form made from the barclamp's own schema; problems come from the server and stand at their fields. */
export function AttributesForm({ schema, value, onChange, issues, readOnly }: AttributesFormProps) {
  const errors = useMemo(() => errorTree(issues) as ErrorSchema, [issues]);
  // The form library knows draft 7; the address of a newer draft only makes it refuse.
  const { $schema: _, ...usable } = schema;
  const none = Object.keys((usable.properties as object | undefined) ?? {}).length === 0;
  if (none && usable.additionalProperties !== true) {
    return (
      <Text size="sm" c="dimmed" mt={4}>
        This barclamp has no settings.
      </Text>
    );
  }
  return (
    <Form
      schema={usable as RJSFSchema}
      formData={value}
      validator={validator}
      extraErrors={errors}
      noValidate
      experimental_defaultFormStateBehavior={{ emptyObjectFields: 'skipDefaults' }}
      noHtml5Validate
      showErrorList={false}
      readonly={readOnly}
      idPrefix="attributes"
      onChange={(event) => {
        if (JSON.stringify(event.formData) !== JSON.stringify(value)) onChange(event.formData as Attributes);
      }}
      uiSchema={{ 'ui:submitButtonOptions': { norender: true } }}
    />
  );
}
