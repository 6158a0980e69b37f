import type { PastTable, Statement } from '@migrate-lint/core';
import { earlierWrites, writesColumn } from './column-values.ts';
import { columnAtStart, formerNames } from './migration-start.ts';
import { isOfSqlite } from './other-databases.ts';
import { code } from './places.ts';
import type { UniqueKey } from './unique-keys.ts';

/**
 * The rows that hold NULL in a unique column which becomes required: of SQLite the INSERT that copies them gives all of them the new
 * default, as in `coalesce("email", 'none')`.
 */
export function nullsMadeAlike(
  { columns, predicate }: UniqueKey,
  table: PastTable,
  statement: Statement,
): { readonly what: string; readonly precheck: string | undefined; readonly level?: undefined } | undefined {
  const [name, ...others] = columns;
  if (typeof name !== 'string' || others.length > 0 || predicate !== undefined || !isOfSqlite(statement))
    return undefined;
  const column = table.column(name);
  if (!column || columnAtStart(name, table, statement)?.notNull !== false) return undefined;
  const writes = earlierWrites(table, statement).filter(
    write => write.kind === 'delete' || writesColumn(write, column, table),
  );
  const [copy, ...more] = writes;
  const { text } = statement.migration;
  // Whoever writes the column besides has thought of the rows.
  if (!copy || more.length > 0 || !givesOneValue(text.slice(copy.span.start, copy.span.end), name)) return undefined;
  const names = formerNames(table, statement);
  const former = names?.column(name);
  return {
    what: `two rows of ${code(table.path)} hold NULL in ${code(name)}, which all get the same value`,
    precheck:
      names && former && `SELECT count(*) AS "rows" FROM ${names.table} WHERE ${former} IS NULL HAVING count(*) > 1`,
  };
}

function givesOneValue(sql: string, column: string): boolean {
  const name = column.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const literal = `(?:'(?:[^']|'')*'|-?[\\d.]+|true|false)`;
  return new RegExp(`\\b(?:coalesce|ifnull)\\(\\s*"?${name}"?\\s*,\\s*${literal}\\s*\\)`, 'i').test(sql);
}
