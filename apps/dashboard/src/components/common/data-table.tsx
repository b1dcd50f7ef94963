import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

export interface Column<Row> {
  header: string;
  /** Shown, in place of the header, to screen readers only. */
  hiddenHeader?: boolean;
  cell: (row: Row) => ReactNode;
  width?: number | string;
  align?: 'left' | 'right';
}

interface DataTableProps<Row> {
  label: string;
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  columns: readonly Column<Row>[];
  minWidth?: number;
}

/** A plain table that scrolls sideways on narrow screens. */
export function DataTable<Row>({ label, rows, rowKey, columns, minWidth = 640 }: DataTableProps<Row>) {
  return (
    <Table.ScrollContainer
      minWidth={minWidth}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': label } }}
    >
      <Table
        aria-label={label}
        highlightOnHover
        horizontalSpacing="md"
        highlightOnHoverColor="var(--hl-hover)"
        borderColor="var(--hl-border)"
      >
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ header, hiddenHeader, width, align }) => (
              <Table.Th key={header} w={width} ta={align} c="dimmed" fz="xs" fw={600}>
                {hiddenHeader === true ? <span className="visually-hidden">{header}</span> : header}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={rowKey(row)}>
              {columns.map(({ header, cell, align }) => (
                <Table.Td key={header} ta={align} fz="sm">
                  {cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
