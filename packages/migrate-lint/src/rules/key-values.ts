import type { PastConstraint, PastTable, Statement } from '@migrate-lint/core';
import { calledBefore } from './called-functions.ts';
import { earlierOperations, earlierWrites, writesColumn } from './column-values.ts';
import { atStart, columnAtStart } from './migration-start.ts';
import { speaksOf } from './same-migration.ts';

/** Whether the same columns were held to the same table when the migration began. */
export function wasForeignKey(
  { columns, referencedColumns }: PastConstraint,
  table: PastTable,
  referenced: PastTable | undefined,
  statement: Statement,
): boolean {
  const [start, target] = [atStart(table, statement), referenced && atStart(referenced, statement)];
  if (!start || !target || !referenced) return false;
  const former = (names: readonly string[], of: PastTable): string =>
    JSON.stringify(names.map(name => columnAtStart(name, of, statement)?.name));
  return start.constraints.some(
    old =>
      old.type === 'foreign' &&
      old.validated &&
      old.referencedTable === target.path &&
      JSON.stringify(old.columns) === former(columns, table) &&
      JSON.stringify(old.referencedColumns) === former(referencedColumns, referenced),
  );
}

/** Whether the values were written by statements that look at the other table. */
export function isFilledFrom(
  names: readonly string[],
  table: PastTable,
  path: string | undefined,
  { migration }: Statement,
): boolean {
  const referenced = path?.slice(path.lastIndexOf('.') + 1);
  const columns = names.flatMap(name => table.column(name) ?? []);
  return migration.statements.some(
    ({ sql, operations }) =>
      referenced !== undefined &&
      speaksOf(sql, referenced) &&
      operations.some(
        operation => operation.kind === 'update' && columns.some(column => writesColumn(operation, column, table)),
      ),
  );
}

/** Whether a table that the migration makes has no rows when the statement comes to it. */
export function staysEmpty(table: PastTable, statement: Statement): boolean {
  const isFilled = earlierOperations(statement).some(
    operation =>
      operation.kind === 'block' ||
      (operation.kind === 'create table' && operation.table.id === table.id && operation.asQuery),
  );
  return !isFilled && calledBefore(statement).length === 0 && earlierWrites(table, statement).length === 0;
}
