import { ActionIcon, Button, Group, Stack, Text } from '@mantine/core';
import type {
  ArrayFieldItemTemplateProps,
  ArrayFieldTemplateProps,
  ObjectFieldTemplateProps,
} from '@rjsf/utils';
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { humanize } from '#lib/form/humanize.ts';
import classes from './rjsf.module.css';

function Heading({ title, description }: { title: string; description?: ReactNode }) {
  return (
    <>
      {title !== '' && (
        <legend className={classes.legend} title={title}>
          {humanize(title)}
        </legend>
      )}
      {description !== undefined && description !== '' && (
        <Text size="xs" c="dimmed" component="div" mb={4}>
          {description}
        </Text>
      )}
    </>
  );
}

function AddButton({ label, disabled, onClick }: { label: string; disabled: boolean; onClick: () => void }) {
  return (
    <Button
      size="compact-sm"
      variant="light"
      leftSection={<IconPlus size={14} />}
      disabled={disabled}
      onClick={onClick}
      style={{ alignSelf: 'flex-start' }}
    >
      {label}
    </Button>
  );
}

export function ObjectFieldTemplate(props: ObjectFieldTemplateProps) {
  const root = props.fieldPathId.path.length === 0;
  const open = props.schema.additionalProperties !== undefined && props.schema.additionalProperties !== false;
  return (
    <fieldset className={root ? classes.root : classes.nested} id={props.fieldPathId.$id}>
      {!root && <Heading title={props.title} description={props.description} />}
      <Stack gap="md">
        {props.properties.map((property) => property.content)}
        {open && props.readonly !== true && (
          <AddButton label="Add an entry" disabled={props.disabled === true} onClick={props.onAddProperty} />
        )}
      </Stack>
    </fieldset>
  );
}

export function ArrayFieldTemplate(props: ArrayFieldTemplateProps) {
  const locked = props.disabled === true || props.readonly === true;
  return (
    <fieldset className={classes.list} id={props.fieldPathId.$id}>
      <Heading title={props.title} description={props.schema.description} />
      <Stack gap={6}>
        {props.items}
        {props.items.length === 0 && (
          <Text size="sm" c="dimmed">
            None.
          </Text>
        )}
        {props.canAdd === true && !locked && (
          <AddButton label="Add" disabled={locked} onClick={() => props.onAddClick()} />
        )}
      </Stack>
    </fieldset>
  );
}

export function ArrayFieldItemTemplate(props: ArrayFieldItemTemplateProps) {
  const { buttonsProps: buttons, index } = props;
  const place = `entry ${index + 1}`;
  return (
    <Group gap={4} wrap="nowrap" align="flex-start">
      <div style={{ flex: 1, minWidth: 0 }}>{props.children}</div>
      {props.hasToolbar && props.readonly !== true && (
        <Group gap={0} wrap="nowrap" pt={4}>
          {buttons.hasMoveUp && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Move ${place} up`}
              onClick={buttons.onMoveUpItem}
            >
              <IconArrowUp size={15} />
            </ActionIcon>
          )}
          {buttons.hasMoveDown && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Move ${place} down`}
              onClick={buttons.onMoveDownItem}
            >
              <IconArrowDown size={15} />
            </ActionIcon>
          )}
          {buttons.hasRemove && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Remove ${place}`}
              onClick={buttons.onRemoveItem}
            >
              <IconX size={15} />
            </ActionIcon>
          )}
        </Group>
      )}
    </Group>
  );
}
