import type { Action, Catalog, Comparison, ForeignKeyPair, Table, TableForeignKey } from '@migrate-lint/core';
import { quoteIdentifier } from '../database/database.ts';
import { dropConstraint } from './indexes.ts';
import { qualified, quotedList, tableName } from './names.ts';
import { comment, type Step } from './step.ts';

const actions: Readonly<Record<Action, string>> = {
  Cascade: 'CASCADE',
  Restrict: 'RESTRICT',
  NoAction: 'NO ACTION',
  SetNull: 'SET NULL',
  SetDefault: 'SET DEFAULT',
};

/** Adds a foreign key of the schema. `expected` knows the schema of the table that it refers to. */
export function addForeignKey(key: TableForeignKey, expected: Catalog): Step {
  const target = `${tableName(key.referencedTable, expected)}(${quotedList(key.referencedColumns)})`;
  return {
    phase: 'add foreign key',
    sql:
      `ALTER TABLE ${qualified(key.table)} ADD CONSTRAINT ${quoteIdentifier(key.name)} FOREIGN KEY (${quotedList(key.columns)}) ` +
      `REFERENCES ${target} ON DELETE ${actions[key.onDelete]} ON UPDATE ${actions[key.onUpdate]};`,
  };
}

/**
 * The same on rows that are there: the query that finds those which it would refuse, the constraint for new rows, which waits for no scan, and
 * the scan apart, which locks neither table against writes (https://www.postgresql.org/docs/current/sql-altertable.html, Notes).
 */
export function addForeignKeyToRows(key: TableForeignKey, { expected, tables }: Comparison): Step {
  const { phase, sql } = addForeignKey(key, expected);
  const kind = tables.find(pair => pair.expected === key.table)?.actual?.kind;
  // Before Postgres 18 a partitioned table takes no foreign key that is not validated.
  const apart = kind === 'partitioned' ? [sql] : [sql.replace(/;$/, ' NOT VALID;'), validation(key.table, key.name)];
  const lines = [orphansQuery(key, expected), ...apart];
  return { phase, sql: lines.join('\n') };
}

function validation(table: Table, name: string): string {
  return `ALTER TABLE ${qualified(table)} VALIDATE CONSTRAINT ${quoteIdentifier(name)};`;
}

/** A comment with the query that finds rows whose key points nowhere. */
export function orphansQuery(key: TableForeignKey, expected: Catalog): string {
  const column = (alias: string, name: string | undefined): string => `${alias}.${quoteIdentifier(name ?? '')}`;
  const match = key.columns.map(
    (name, at) => `${column('parent', key.referencedColumns[at])} = ${column('child', name)}`,
  );
  const given = key.columns.map(name => `${column('child', name)} IS NOT NULL`);
  return comment(
    `Fails while this finds rows: SELECT child.* FROM ${qualified(key.table)} child WHERE ${given.join(' AND ')} ` +
      `AND NOT EXISTS (SELECT FROM ${tableName(key.referencedTable, expected)} parent WHERE ${match.join(' AND ')})`,
  );
}

export function dropForeignKey(key: TableForeignKey): Step {
  return { phase: 'drop foreign key', sql: dropConstraint(key.table, key.name), constraint: key.path };
}

/** Whether a foreign key that is there has to be made anew, which gives it its right name as well. */
export function isMadeAnew(pair: ForeignKeyPair): boolean {
  return pair.actionsChanged || pair.weaknesses.length > 0;
}

/** Drops a foreign key of the database and, where the schema has it, makes it again as the schema says. */
export function recreateForeignKey(pair: ForeignKeyPair, expected: Catalog): readonly Step[] {
  if (!pair.actual) return [];
  if (!pair.expected) return [dropForeignKey(pair.actual)];
  return [dropForeignKey(pair.actual), addForeignKey(pair.expected, expected)];
}

/** Takes foreign keys of the database out of the way, and makes those of the schema again once the way is free. */
export function setAside(
  keys: readonly TableForeignKey[],
  { foreignKeys, expected }: Comparison,
  steps: readonly Step[],
): readonly Step[] {
  const recreated = keys.flatMap(key => {
    const pair = foreignKeys.find(one => one.actual === key);
    return pair ? recreateForeignKey(pair, expected) : [dropForeignKey(key)];
  });
  return [
    ...recreated.filter(step => step.phase === 'drop foreign key'),
    ...steps,
    ...recreated.filter(step => step.phase === 'add foreign key'),
  ];
}

/** Drops the foreign keys of other tables that refer to this one, to these columns if any are named. */
export function dropForeignKeysTo(table: Table, { actual }: Comparison, column?: string): readonly Step[] {
  return actual.foreignKeys
    .filter(key => key.referencedTable === table.path && key.table !== table)
    .filter(key => column === undefined || key.referencedColumns.includes(column))
    .map(dropForeignKey);
}

export function validateForeignKey(key: TableForeignKey, table: Table, expected: Catalog): Step {
  return {
    phase: 'check foreign key',
    sql: `${orphansQuery({ ...key, table }, expected)}\n${validation(table, key.name)}`,
  };
}

export function makeNotDeferrable(key: TableForeignKey, table: Table): Step {
  return {
    phase: 'check foreign key',
    sql: `ALTER TABLE ${qualified(table)} ALTER CONSTRAINT ${quoteIdentifier(key.name)} NOT DEFERRABLE;`,
  };
}

export function renameForeignKey(actual: TableForeignKey, expected: TableForeignKey): Step {
  const [from, to] = [actual.name, expected.name];
  return {
    phase: 'rename constraint',
    sql: `ALTER TABLE ${qualified(expected.table)} RENAME CONSTRAINT ${quoteIdentifier(from)} TO ${quoteIdentifier(to)};`,
    constraint: actual.path,
    rename: { scope: `table ${actual.table.path}`, from, to },
  };
}
