import { MultiSelect, NumberInput, PasswordInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import type { WidgetProps } from '@rjsf/utils';
import { humanize } from '#lib/form/humanize.ts';

function common(props: WidgetProps) {
  const wrong = (props.rawErrors?.length ?? 0) > 0;
  return {
    id: props.id,
    disabled: props.disabled === true || props.readonly === true,
    error: wrong,
    placeholder: props.placeholder ?? '',
    ...(props.hideLabel === true ? { 'aria-label': humanize(props.label) } : {}),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

export function TextWidget(props: WidgetProps) {
  const type = props.schema.type;
  if (type === 'number' || type === 'integer') return <NumberWidget {...props} />;
  return (
    <TextInput
      {...common(props)}
      value={textOf(props.value)}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

export function NumberWidget(props: WidgetProps) {
  const { minimum, maximum, type } = props.schema;
  return (
    <NumberInput
      {...common(props)}
      value={typeof props.value === 'number' ? props.value : ''}
      allowDecimal={type !== 'integer'}
      {...(minimum === undefined ? {} : { min: minimum })}
      {...(maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? {} : { max: maximum })}
      clampBehavior="none"
      onChange={(value) => props.onChange(typeof value === 'number' ? value : undefined)}
    />
  );
}

export function PasswordWidget(props: WidgetProps) {
  return (
    <PasswordInput
      {...common(props)}
      autoComplete="new-password"
      value={textOf(props.value)}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

export function TextareaWidget(props: WidgetProps) {
  return (
    <Textarea
      {...common(props)}
      autosize
      minRows={3}
      value={textOf(props.value)}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

export function CheckboxWidget(props: WidgetProps) {
  return (
    <Switch
      id={props.id}
      label={humanize(props.label)}
      description={props.schema.description}
      checked={props.value === true}
      disabled={props.disabled === true || props.readonly === true}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  );
}

/** The values of a choice need not be texts, so the field works on their places in the list. */
export function SelectWidget(props: WidgetProps) {
  const choices = props.options.enumOptions ?? [];
  const data = choices.map(({ label }, index) => ({ value: String(index), label }));
  const placeOf = (value: unknown) => String(choices.findIndex((choice) => choice.value === value));
  const valueAt = (place: string): unknown => choices[Number(place)]?.value;
  if (props.multiple === true) {
    const chosen = Array.isArray(props.value) ? props.value.map(placeOf) : [];
    return (
      <MultiSelect
        {...common(props)}
        data={data}
        value={chosen}
        onChange={(places) => props.onChange(places.map(valueAt))}
      />
    );
  }
  const place = placeOf(props.value);
  return (
    <Select
      {...common(props)}
      data={data}
      value={place === '-1' ? null : place}
      clearable={props.required !== true}
      onChange={(next) => props.onChange(next === null ? undefined : valueAt(next))}
    />
  );
}
