import type { PastTable } from '@migrate-lint/core';

/** Whether Postgres knows without a look at the rows that a column holds no NULL. */
export function isNeverNull(table: PastTable, column: string): boolean {
  if (table.column(column)?.notNull === true) return true;
  return table.constraints.some(({ notNull, validated }) => validated && notNull === column);
}
