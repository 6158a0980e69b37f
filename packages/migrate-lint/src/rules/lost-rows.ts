import { quoteIdentifier, type PastColumn, type PastTable, type Problem, type Statement } from '@migrate-lint/core';
import { atStart } from './migration-start.ts';
import { inItsQuotes } from './other-databases.ts';
import { tableSql } from './past-names.ts';
import { anyRows } from './prechecks.ts';

type Precheck = Pick<Problem, 'precheck'>;

/** The pre-check of what takes all rows of a table: how many there are. */
export function rowsThere(table: PastTable, statement: Statement): Precheck {
  const precheck = anyRows(table, statement);
  return precheck === undefined ? {} : { precheck };
}

/** The pre-check of what takes the values of a column: how many rows have one. */
export function valuesThere(table: PastTable, column: PastColumn, statement: Statement): Precheck {
  return rowsIn(table, column, statement, name => `${name} IS NOT NULL`);
}

/**
 * The pre-check that counts the rows in which a condition on a column holds, under the names that table and column have before the
 * migration. The column itself counts, and not another one that the migration adds under its name.
 */
export function rowsIn(
  table: PastTable,
  column: PastColumn,
  statement: Statement,
  condition: (name: string) => string,
): Precheck {
  const start = atStart(table, statement);
  if (!start) return {};
  const name = quoteIdentifier(start.columns.find(({ id }) => id === column.id)?.name ?? column.name);
  const sql = `SELECT count(*) AS "rows" FROM ${tableSql(start)} WHERE ${condition(name)} HAVING count(*) > 0`;
  return { precheck: inItsQuotes(sql, statement) };
}
