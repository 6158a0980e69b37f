import type { Operation, PastColumn, PastTable, Statement } from '@migrate-lint/core';
import { before, namesOf, pathsOf, speaksOf, timesIn, type Done } from './same-migration.ts';

/**
 * The statement of the same migration that copies the rows of a table before an operation takes them away: an INSERT … SELECT, UPDATE … FROM
 * or CREATE TABLE … AS that reads it.
 */
export function copyOfTable(table: PastTable, operation: Operation, statement: Statement): Statement | undefined {
  return before(operation, statement).find(done => readsTable(done, table, statement))?.statement;
}

/** The statement of the same migration that reads a column and writes what it holds elsewhere, before an operation takes it away. */
export function copyOfColumn(
  table: PastTable,
  column: PastColumn,
  operation: Operation,
  statement: Statement,
): Statement | undefined {
  const names = namesOf(column, statement);
  return before(operation, statement).find(done => {
    const { sql } = done.statement;
    if (!readsTable(done, table, statement) && !updates(done, table)) return false;
    if (/\*\s*(?:,|FROM\b)/i.test(sql)) return true;
    // `SET a = NULL` writes a column of this name and does not read it.
    return names.some(name => timesIn(sql, name) > (writesInto(done, name) ? 1 : 0));
  })?.statement;
}

/** Whether rows go elsewhere that may come from a table. */
function readsTable({ operation, statement: { sql } }: Done, table: PastTable, statement: Statement): boolean {
  const isNamed = () => namesOf(table, statement).some(name => speaksOf(sql, name));
  // SQL that is put together, and `WITH moved AS (DELETE … RETURNING *) INSERT …`.
  if (operation.kind === 'block') return operation.dynamic && isNamed();
  const fills = operation.kind === 'insert' && operation.rows === undefined;
  const writes =
    fills || operation.kind === 'update' || operation.kind === 'merge' || operation.kind === 'create table';
  if (!writes) return false;
  const paths = pathsOf(table, statement);
  return operation.reads.some(path => paths.includes(path)) || (fills && /^\s*WITH\b/i.test(sql) && isNamed());
}

/** Whether columns of the table itself are written. */
function updates({ operation }: Done, table: PastTable): boolean {
  return operation.kind === 'update' && operation.tables.some(({ id }) => id === table.id);
}

function writesInto({ operation }: Done, column: string): boolean {
  return 'columns' in operation && operation.columns.includes(column);
}
