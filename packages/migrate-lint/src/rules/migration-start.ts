import { firstOf, quoteIdentifier, type PastColumn, type PastTable, type Statement } from '@migrate-lint/core';
import { tableSql } from './past-names.ts';
import { speaksOf } from './same-migration.ts';

/** The table as it stood before the migration began, whatever it was called then. */
export function atStart(table: PastTable, { migration }: Statement): PastTable | undefined {
  const before = migration.statements[0]?.before;
  const same = before?.table(table.path);
  return same?.id === table.id ? same : before?.tables.find(({ id }) => id === table.id);
}

/** A column as it was before the migration began; undefined for one that the migration adds. */
export function columnAtStart(name: string, table: PastTable, statement: Statement): PastColumn | undefined {
  if (isAdded(name, table, statement)) return undefined;
  const now = table.column(name);
  const start = atStart(table, statement);
  const same = start?.column(name);
  if (now === undefined || same?.id === now.id) return same;
  return start?.columns.find(({ id }) => id === now.id);
}

/** Names in SQL as they are before the migration runs, for a query that looks at the rows beforehand. */
export interface FormerNames {
  readonly table: string;
  /** Undefined for a column that is not there yet. */
  column(name: string): string | undefined;
}

/** Undefined for a table that is not there yet. */
export function formerNames(table: PastTable, statement: Statement): FormerNames | undefined {
  const start = atStart(table, statement);
  if (!start) return undefined;
  return {
    table: tableSql(start),
    column: name => {
      const column = columnAtStart(name, table, statement);
      // Of a table that no statement made, what the migration does not add is there.
      const known = column ?? (start.open && !isAdded(name, table, statement) ? { name } : undefined);
      return known && quoteIdentifier(known.name);
    },
  };
}

/** Whether this migration adds the column, the statement itself included. */
export function isAdded(name: string, table: PastTable, statement: Statement): boolean {
  return addedBy(name, table, statement) !== undefined;
}

/** The column as this migration adds it; undefined for one that was there before. */
export function addedBy(name: string, table: PastTable, statement: Statement): PastColumn | undefined {
  const own = firstOf(statement.operations, operation =>
    operation.kind === 'add column' && operation.table.id === table.id && operation.column.name === name
      ? operation.column
      : undefined,
  );
  if (own) return own;
  const column = table.column(name);
  return column?.createdBy?.migration === statement.migration ? column : undefined;
}

/** Whether SQL names a column of the table that the migration adds or renames, so that nobody can run it before. */
export function needsMigration(sql: string, table: PastTable, statement: Statement): boolean {
  return table.columns.some(({ name }) => columnAtStart(name, table, statement)?.name !== name && speaksOf(sql, name));
}
