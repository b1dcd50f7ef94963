import { createTheme, type MantineColorsTuple } from '@mantine/core';

const halligan: MantineColorsTuple = [
  '#edf3ff',
  '#dae5fb',
  '#b3c8f3',
  '#8aaaec',
  '#6790e6',
  '#4f7fe2',
  '#3f74e0',
  '#2f61c8',
  '#2556b3',
  '#154a9f',
];

const dark: MantineColorsTuple = [
  '#d5dbe3',
  '#aeb8c4',
  '#8e9aa8',
  '#5f6b79',
  '#333c48',
  '#28303a',
  '#1d232b',
  '#151a20',
  '#10141a',
  '#0b0e12',
];

const red: MantineColorsTuple = [
  '#ffeeee',
  '#fbdcdc',
  '#f2b5b6',
  '#ff9a9b',
  '#f47c7e',
  '#e65558',
  '#d63a3e',
  '#c9252d',
  '#b31d25',
  '#9d141c',
];

/** Dense and calm: small radii, hairline borders, one accent; the system's own fonts. */
export const theme = createTheme({
  primaryColor: 'halligan',
  primaryShade: { light: 7, dark: 7 },
  colors: { halligan, dark, red },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", "DejaVu Sans", sans-serif',
  fontFamilyMonospace:
    'ui-monospace, SFMono-Regular, Menlo, "Liberation Mono", "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  components: {
    Badge: { defaultProps: { variant: 'light', tt: 'none', fw: 600 } },
    Tooltip: { defaultProps: { events: { hover: true, focus: true, touch: true } } },
  },
  headings: {
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
});
