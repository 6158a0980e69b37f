import type { ColumnChange, PastConstraint, PastIndex } from '@migrate-lint/core';

/** The indexes that have the column as a key, as it is. */
export function keyedIndexes({ table, column }: ColumnChange): readonly PastIndex[] {
  return table.indexes.filter(({ columns }) => columns.includes(column.name));
}

/**
 * The indexes that Postgres builds anew for any change of the column's type, also for one that only allows more: it does not look into
 * expressions and predicates, to see whether they are the same as before. Measured on Postgres 15 and 18.
 */
export function opaqueIndexes({ table, column, dependents }: ColumnChange): readonly PastIndex[] {
  const ids = new Set(dependents.map(({ id }) => id));
  return table.indexes.filter(
    ({ id, columns, include, predicate }) =>
      (predicate !== undefined || columns.includes(null)) &&
      (ids.has(id) || columns.includes(column.name) || include.includes(column.name)),
  );
}

/** The CHECKs against which Postgres holds every row again, for the same reason. */
export function checksOf({ table, column }: ColumnChange): readonly PastConstraint[] {
  return table.constraints.filter(
    ({ type, validated, columns }) => type === 'check' && validated && columns.includes(column.name),
  );
}
