import {
  flatMap,
  rememberedFor,
  type Migration,
  type Operation,
  type PastObject,
  type PastTable,
  type Statement,
  type Write,
} from '@migrate-lint/core';
import { addedBy } from './migration-start.ts';
import { doneBy } from './same-migration.ts';

/**
 * What the rows that were there before hold in a column when a statement comes to it.
 * - `any`: the column was there before the migration.
 * - `null`, `same`, `distinct`: the migration adds it, and all rows have NULL, one value, or each a value of its own.
 * - `filled`: the migration adds it and has written into it.
 * - `none`: the migration adds it as NOT NULL without a value, which only a table without rows allows.
 */
export type Values = 'any' | 'null' | 'same' | 'distinct' | 'filled' | 'none';

/** What the rows hold in a column of this name; the statement itself may add it. */
export function valuesOf(name: string, table: PastTable, statement: Statement): Values {
  const column = addedBy(name, table, statement);
  if (!column) return 'any';
  if (earlierWrites(table, statement).some(write => writesColumn(write, column, table))) return 'filled';
  if (column.serial || column.identity) return 'distinct';
  if (column.generated) return 'filled';
  if (!column.default || isNull(column.default.sql)) return column.notNull ? 'none' : 'null';
  const { volatility } = column.default;
  return volatility === 'constant' || volatility === 'stable' ? 'same' : 'distinct';
}

/** `NULL` and `NULL::text`. */
export function isNull(sql: string): boolean {
  return /^\(*null\)*(?:\s*::.*)?$/is.test(sql.trim());
}

/** What the migration writes to the table before the statement. */
export function earlierWrites(table: PastTable, statement: Statement): readonly Write[] {
  return flatMap(writesBy(statement.migration), ({ write, by }) =>
    by.span.start < statement.span.start && write.tables.some(({ id }) => id === table.id) ? [write] : [],
  );
}

/** What a migration writes; most write nothing. */
const writesBy = rememberedFor((migration: Migration) =>
  flatMap(doneBy(migration), ({ operation, statement }) =>
    isWrite(operation) ? [{ write: operation, by: statement }] : [],
  ),
);

/** What the migration does before the statement. */
export function earlierOperations({ migration: { statements }, path }: Statement): readonly Operation[] {
  const end = statements.findIndex(each => each.path === path);
  return flatMap(statements.slice(0, end), ({ operations }) => operations);
}

/** Whether it writes the column, whatever that was called then. */
export function writesColumn({ kind, tables, columns }: Write, { id }: PastObject, table: PastObject): boolean {
  const then = tables.find(each => each.id === table.id);
  return kind !== 'delete' && columns.some(name => then?.column(name)?.id === id);
}

/** Whether the migration takes all rows away before the statement. */
export function isEmptied(table: PastTable, statement: Statement): boolean {
  const writes = earlierWrites(table, statement);
  const emptied = writes.findLastIndex(({ kind, everyRow }) => kind === 'truncate' || (kind === 'delete' && everyRow));
  return emptied !== -1 && !writes.slice(emptied).some(({ kind }) => ['insert', 'merge', 'copy'].includes(kind));
}

/** Whether the migration itself puts rows into the table before the statement, for certain. */
export function isSeeded(table: PastTable, statement: Statement): boolean {
  return earlierWrites(table, statement).some(
    ({ kind, rows = 0, conditional }) => kind === 'insert' && rows > 0 && !conditional,
  );
}

/** Whether the migration has gone over the rows to make them fit: it deletes some, or writes one of these columns. */
export function isCleaned(columns: readonly string[], table: PastTable, statement: Statement): boolean {
  const things = flatMap(columns, name => table.column(name) ?? []);
  return earlierWrites(table, statement).some(
    write =>
      write.kind === 'delete' || write.kind === 'truncate' || things.some(column => writesColumn(write, column, table)),
  );
}

function isWrite(operation: Operation): operation is Write {
  return writes.has(operation.kind);
}

const writes: ReadonlySet<Operation['kind']> = new Set(['insert', 'update', 'delete', 'merge', 'truncate', 'copy']);
