import type { Migrations, PastColumn, Statement } from '@migrate-lint/core';

/** Whether the migration right before added the column, and without a value: it is filled for the first time. */
export function isFresh(column: PastColumn, { migration }: Statement, { migrations }: Migrations): boolean {
  const made = column.createdBy;
  const isLast = made !== undefined && made.migration === migrations[migrations.indexOf(migration) - 1];
  return isLast && made.operations.some(({ kind }) => kind === 'add column') && column.default === undefined;
}
