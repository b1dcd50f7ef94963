import { type Schema, Validator } from '@cfworker/json-schema';
import type { RJSFSchema, ValidationData, ValidatorType } from '@rjsf/utils';

function valid(schema: RJSFSchema, data: unknown, root: RJSFSchema): boolean {
  const definitions = root.$defs === undefined ? {} : { $defs: root.$defs };
  return new Validator({ ...definitions, ...schema } as Schema, '2020-12', true).validate(data).valid;
}

/**
 * Answers the form's questions about a schema ("does this data fit that branch?") by interpretation.
 * The usual ajv writes code and evaluates it, which the page's content security policy forbids.
 * Errors to show come from the server's own validation, so none are produced here.
 */
export function createValidator(): ValidatorType {
  return {
    isValid: (schema, data, root) => valid(schema, data, root),
    validateFormData: (): ValidationData<unknown> => ({ errors: [], errorSchema: {} }),
    rawValidation: () => ({ errors: [] }),
  };
}
