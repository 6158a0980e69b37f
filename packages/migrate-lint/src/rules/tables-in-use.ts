import type { Migrations, Operation, PastObject, PastTable, Statement } from '@migrate-lint/core';
import { wasDeployed } from './deployed.ts';
import { isOfMysql } from './other-databases.ts';

interface OnTable {
  readonly operation: { readonly table: PastTable | undefined; readonly existedBefore: boolean };
  readonly statement: Statement;
}

const holdsRows: readonly PastObject['kind'][] = ['table', 'partitioned table'];

/**
 * Whether rows are in the table and clients wait for it while the statement runs, as far as a history tells: it was there before the
 * migration, it does not come to production together with it, and the migration does not count on it to be empty.
 */
export function isInUse(
  { operation: { table, existedBefore }, statement }: OnTable,
  migrations: Migrations,
  kinds = holdsRows,
): boolean {
  if (!existedBefore) return false;
  if (!table) return true;
  if (!kinds.includes(table.kind) || table.temporary || !wasDeployed(table, statement, migrations)) return false;
  // MySQL gives the rows that are there a value of its own.
  return isOfMysql(statement) || !isEmptyFor(statement, table);
}

/** Whether the migration fails unless the table has no row: it adds a required column that has no value (`migration/required-column`). */
function isEmptyFor({ migration }: Statement, { id }: PastTable): boolean {
  const ofTable = migration.statements
    .flatMap(({ operations }) => operations)
    .filter(operation => tablesOf(operation).some(table => table?.id === id));
  return ofTable.some(needsNoRow) && !ofTable.some(({ kind }) => kind === 'delete' || kind === 'truncate');
}

function tablesOf(operation: Operation): readonly (PastTable | undefined)[] {
  if ('tables' in operation) return operation.tables;
  return operation.kind === 'add column' ? [operation.table] : [];
}

function needsNoRow(operation: Operation): boolean {
  if (operation.kind !== 'add column' || operation.conditional) return false;
  const { column, ifNotExists, existing } = operation;
  const hasValue = column.default ?? column.identity ?? column.generated;
  return column.notNull && hasValue === undefined && !column.serial && !(ifNotExists && existing);
}
