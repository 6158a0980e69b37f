import type { Operation, PastColumn, PastTable, Statement } from '@migrate-lint/core';
import { calledBefore } from './called-functions.ts';
import { before, namesOf, pathsOf, speaksOf, timesIn, type Done } from './same-migration.ts';

/**
 * The statement of the same migration that copies the rows of a table before an operation takes them away: an INSERT … SELECT, UPDATE … FROM
 * or CREATE TABLE … AS that reads it.
 */
export function copyOfTable(table: PastTable, operation: Operation, statement: Statement): Statement | undefined {
  const done = before(operation, statement).find(each => readsTable(each, table, statement));
  return done?.statement ?? copyOfScript(table, statement);
}

/** The block that goes through the rows and writes others, or the call of a function of the migration that does. */
function copyOfScript(table: PastTable, statement: Statement, column?: PastColumn): Statement | undefined {
  const names = namesOf(table, statement);
  const columns = column && namesOf(column, statement);
  const moves = ({ sql }: Statement): boolean =>
    /\b(?:INSERT\s+INTO|UPDATE)\b/i.test(sql) &&
    queried(sql).some(name => names.includes(name)) &&
    (!columns || columns.some(name => speaksOf(sql, name)));
  const { statements } = statement.migration;
  const blocks = statements
    .slice(0, statements.indexOf(statement))
    .filter(({ operations }) => operations.some(({ kind }) => kind === 'block'));
  return blocks.find(moves) ?? calledBefore(statement).find(({ made }) => moves(made))?.call;
}

/** The names of tables that queries in SQL read, without their schemas. */
function queried(sql: string): readonly string[] {
  const sources = /(?<!\bDELETE\s+)\b(?:FROM|JOIN)\s+(?:ONLY\s+)?(?:"?\w+"?\.)?"?(\w+)/gi;
  return [...sql.matchAll(sources)].flatMap(([, name]) => name ?? []);
}

/** The statement of the same migration that reads a column and writes what it holds elsewhere, before an operation takes it away. */
export function copyOfColumn(
  table: PastTable,
  column: PastColumn,
  operation: Operation,
  statement: Statement,
): Statement | undefined {
  const names = namesOf(column, statement);
  const copy = before(operation, statement).find(done => {
    const { sql } = done.statement;
    if (!readsTable(done, table, statement) && !updates(done, table)) return false;
    if (/\*\s*(?:,|FROM\b)/i.test(sql)) return true;
    // `SET a = NULL` writes a column of this name and does not read it.
    return names.some(name => timesIn(sql, name) > (writesInto(done, name) ? 1 : 0));
  });
  return copy?.statement ?? copyOfScript(table, statement, column);
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
  return (
    operation.reads.some(path => paths.includes(path) || isOtherPath(path, table, statement)) ||
    (fills && /^\s*WITH\b/i.test(sql) && isNamed())
  );
}

/** Whether a path names the table by the schema of the connection, which the migrations leave out elsewhere: none of them makes a table there. */
function isOtherPath(path: string, { name, path: own }: PastTable, { before: then }: Statement): boolean {
  return own === name && path.endsWith(`.${name}`) && then.table(path)?.createdBy === undefined;
}

/** Whether columns of the table itself are written. */
function updates({ operation }: Done, table: PastTable): boolean {
  return operation.kind === 'update' && operation.tables.some(({ id }) => id === table.id);
}

function writesInto({ operation }: Done, column: string): boolean {
  return 'columns' in operation && operation.columns.includes(column);
}
