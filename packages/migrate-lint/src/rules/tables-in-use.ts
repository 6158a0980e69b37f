import {
  flatMap,
  rememberedFor,
  type Migration,
  type Migrations,
  type Operation,
  type PastObject,
  type PastTable,
  type Statement,
} from '@migrate-lint/core';
import { servedThrough } from './attached-tables.ts';
import { wasDeployed } from './deployed.ts';
import { isOfMysql } from './other-databases.ts';

interface OnTable {
  readonly operation: { readonly table: PastTable | undefined; readonly existedBefore: boolean };
  readonly statement: Statement;
}

const holdsRows: readonly PastObject['kind'][] = ['table', 'partitioned table'];

/**
 * Whether rows are in the table and clients wait for it while the statement runs, as far as a history tells: it was there before the
 * migration, it does not come to production together with it, and the migration does not count on it to be empty. A table that the migration
 * makes, fills and attaches to such a one is in use from then on.
 */
export function isInUse(
  { operation: { table, existedBefore }, statement }: OnTable,
  migrations: Migrations,
  kinds = holdsRows,
): boolean {
  if (!table) return existedBefore;
  const used = table.createdBy?.migration === statement.migration ? servedThrough(table, statement) : table;
  if (!used || (used === table && !existedBefore)) return false;
  if (!kinds.includes(table.kind) || table.temporary || !wasDeployed(used, statement, migrations)) return false;
  // MySQL gives the rows that are there a value of its own.
  return isOfMysql(statement) || !isEmptyFor(statement, table);
}

/** Whether the migration fails unless the table has no row: it adds a required column that has no value (`migration/required-column`). */
function isEmptyFor({ migration }: Statement, { id }: PastTable): boolean {
  return emptyTables(migration).has(id);
}

/** The ids of the tables that have to be empty for a migration. */
const emptyTables = rememberedFor(({ statements }: Migration): ReadonlySet<number> => {
  const operations = flatMap(statements, statement => statement.operations);
  const idsOf = (those: readonly Operation[]): readonly number[] =>
    flatMap(those, operation => flatMap(tablesOf(operation), table => table?.id ?? []));
  const emptied = idsOf(operations.filter(({ kind }) => kind === 'delete' || kind === 'truncate'));
  return new Set(idsOf(operations.filter(needsNoRow)).filter(id => !emptied.includes(id)));
});

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
