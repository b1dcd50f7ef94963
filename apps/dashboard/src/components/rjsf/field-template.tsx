import { ActionIcon, Group, Input, TextInput } from '@mantine/core';
import { ADDITIONAL_PROPERTY_FLAG, type FieldTemplateProps } from '@rjsf/utils';
import { IconX } from '@tabler/icons-react';
import { humanize } from '#lib/form/humanize.ts';

function isContainer(props: FieldTemplateProps): boolean {
  return props.schema.type === 'object' || props.schema.type === 'array';
}

function Errors({ messages }: { messages: readonly string[] | undefined }) {
  if (messages === undefined || messages.length === 0) return null;
  return (
    <Input.Error mt={4} role="alert">
      {messages.join(' ')}
    </Input.Error>
  );
}

/** A property whose name the operator chooses: name, value, remove. */
function NamedProperty(props: FieldTemplateProps) {
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <TextInput
        label="Name"
        defaultValue={props.label}
        onBlur={props.onKeyRenameBlur}
        disabled={props.disabled || props.readonly}
      />
      <div style={{ flex: 1 }}>
        {props.children}
        <Errors messages={props.rawErrors} />
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`Remove ${props.label}`}
        onClick={props.onRemoveProperty}
      >
        <IconX size={16} />
      </ActionIcon>
    </Group>
  );
}

/** An entry of a list stands below the list's own label; its own is for screen readers. */
function ListEntry(props: FieldTemplateProps) {
  return (
    <div>
      <label className="visually-hidden" htmlFor={props.id}>
        {humanize(props.label)}
      </label>
      {props.children}
      <Errors messages={props.rawErrors} />
    </div>
  );
}

/** Label, description, the field and what is wrong with it. */
export function FieldTemplate(props: FieldTemplateProps) {
  if (props.hidden === true) return <div hidden>{props.children}</div>;
  if (ADDITIONAL_PROPERTY_FLAG in props.schema) return <NamedProperty {...props} />;
  if (isContainer(props) || props.displayLabel === false) {
    return (
      <div>
        {props.children}
        <Errors messages={props.rawErrors} />
      </div>
    );
  }
  if (typeof props.fieldPathId.path.at(-1) === 'number') return <ListEntry {...props} />;
  return (
    <Input.Wrapper
      id={props.id}
      label={humanize(props.label)}
      labelProps={{ htmlFor: props.id, title: props.label }}
      description={props.rawDescription}
      withAsterisk={props.required === true && props.schema.default === undefined}
      error={props.rawErrors?.join(' ')}
    >
      <div style={{ marginTop: 4 }}>{props.children}</div>
    </Input.Wrapper>
  );
}
