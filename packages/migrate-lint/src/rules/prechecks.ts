import type { PastTable, Statement } from '@migrate-lint/core';
import { valuesOf } from './column-values.ts';
import { formerNames } from './migration-start.ts';
import { inItsQuotes } from './other-databases.ts';

/**
 * Queries that find, before a migration runs, the rows on which it would fail. Each gives no row where there are none. Undefined where
 * the migration itself makes what would have to be looked at.
 */

/** How many rows there are. */
export function anyRows(table: PastTable, statement: Statement, atLeast = 1): string | undefined {
  const names = formerNames(table, statement);
  return names && inItsQuotes(`SELECT count(*) AS "rows" FROM ${names.table} HAVING count(*) >= ${atLeast}`, statement);
}

/** How many rows meet a condition; `columns` are those that it names as `{name}`. */
export function rowsWhere(
  table: PastTable,
  statement: Statement,
  columns: readonly string[],
  condition: (names: readonly string[]) => string,
): string | undefined {
  const names = formerNames(table, statement);
  const known = allKnown(columns.map(name => names?.column(name)));
  if (!names || !known) return undefined;
  return inItsQuotes(
    `SELECT count(*) AS "rows" FROM ${names.table} WHERE ${condition(known)} HAVING count(*) > 0`,
    statement,
  );
}

/** The values of a column that meet a condition, with how many rows have each. */
export function valuesWhere(
  table: PastTable,
  statement: Statement,
  column: string,
  condition: (name: string) => string,
): string | undefined {
  const names = formerNames(table, statement);
  const known = names?.column(column);
  if (!names || known === undefined) return undefined;
  return `SELECT ${known}::text AS "value", count(*) AS "rows" FROM ${names.table} WHERE ${condition(known)} GROUP BY 1`;
}

/** The values that more than one row has. A column that has one value in all rows tells nothing apart. */
export function duplicates(
  table: PastTable,
  statement: Statement,
  columns: readonly string[],
  { predicate, nullsNotDistinct }: { readonly predicate: string | undefined; readonly nullsNotDistinct: boolean },
): string | undefined {
  const telling = columns.filter(name => !['same', 'null'].includes(valuesOf(name, table, statement)));
  const names = formerNames(table, statement);
  const known = allKnown(telling.map(name => names?.column(name)));
  if (!names || !known) return undefined;
  const conditions = [
    ...(nullsNotDistinct ? [] : known.map(name => `${name} IS NOT NULL`)),
    ...(predicate === undefined ? [] : [bracketed(predicate)]),
  ];
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
  const list = known.join(', ');
  const sql =
    known.length > 0
      ? `SELECT ${list}, count(*) AS "rows" FROM ${names.table}${where} GROUP BY ${list} HAVING count(*) > 1`
      : `SELECT count(*) AS "rows" FROM ${names.table}${where} HAVING count(*) > 1`;
  return inItsQuotes(sql, statement);
}

/** The keys that rows point at and that are not there, with how many rows have each. */
export function orphans(
  [table, columns]: readonly [PastTable, readonly string[]],
  [referenced, keys]: readonly [PastTable, readonly string[]],
  statement: Statement,
): string | undefined {
  const [child, parent] = [formerNames(table, statement), formerNames(referenced, statement)];
  const [own, other] = [
    allKnown(columns.map(name => child?.column(name))),
    allKnown(keys.map(name => parent?.column(name))),
  ];
  if (!child || !own || own.length === 0) return undefined;
  const list = own.map(name => `"child".${name}`);
  const given = list.map(name => `${name} IS NOT NULL`).join(' AND ');
  // A table that is not there yet has no keys: every row is an orphan.
  const pairs = other?.map((name, at) => `"parent".${name} = ${list[at] ?? ''}`).join(' AND ');
  if (parent && pairs === undefined) return undefined;
  const missing = parent ? ` AND NOT EXISTS (SELECT 1 FROM ${parent.table} AS "parent" WHERE ${pairs ?? ''})` : '';
  const sql = `SELECT ${list.join(', ')}, count(*) AS "rows" FROM ${child.table} AS "child" WHERE ${given}${missing} GROUP BY ${list.join(', ')}`;
  return inItsQuotes(sql, statement);
}

function allKnown(names: readonly (string | undefined)[]): readonly string[] | undefined {
  const known = names.filter(name => name !== undefined);
  return known.length === names.length ? known : undefined;
}

/** SQL as somebody wrote it, in brackets that a comment at its end does not hide. */
export function bracketed(sql: string): string {
  return sql.includes('--') ? `(${sql}\n)` : `(${sql})`;
}
