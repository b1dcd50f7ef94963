import type { ThemeProps } from '@rjsf/core';
import { ArrayFieldItemTemplate, ArrayFieldTemplate, ObjectFieldTemplate } from './container-templates.tsx';
import { FieldTemplate } from './field-template.tsx';
import {
  CheckboxWidget,
  NumberWidget,
  PasswordWidget,
  SelectWidget,
  TextareaWidget,
  TextWidget,
} from './widgets.tsx';

/** The form library in the clothes of the rest of the dashboard. */
export const formTheme: ThemeProps = {
  templates: {
    FieldTemplate,
    ObjectFieldTemplate,
    ArrayFieldTemplate,
    ArrayFieldItemTemplate,
  },
  widgets: {
    TextWidget,
    EmailWidget: TextWidget,
    URLWidget: TextWidget,
    UpDownWidget: NumberWidget,
    PasswordWidget,
    TextareaWidget,
    CheckboxWidget,
    SelectWidget,
    CheckboxesWidget: SelectWidget,
    RadioWidget: SelectWidget,
  },
};
