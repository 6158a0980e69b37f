import type { Catalog, Table, TableForeignKey } from '@migrate-lint/core';
import { quoteIdentifier } from '../database/database.ts';
import { addForeignKey, orphansQuery, validateForeignKey } from './foreign-keys.ts';
import { qualified, quotedList } from './names.ts';
import type { Step } from './step.ts';

/** `CREATE INDEX` of a btree on plain columns. */
export function createPlainIndex(table: Table, columns: readonly string[]): Step {
  const taken = table.indexes.map(({ name }) => name);
  const name = freeName([table.name, ...columns].join('_'), '_idx', taken);
  return {
    phase: 'create index',
    sql: `CREATE INDEX ${quoteIdentifier(name)} ON ${qualified(table)}(${quotedList(columns)});`,
  };
}

/** A name that Postgres neither cuts, at 63 bytes, nor has already. */
export function freeName(base: string, ending: string, taken: readonly string[]): string {
  for (let count = 1; ; count += 1) {
    const last = count === 1 ? ending : `${String(count)}${ending}`;
    const name = `${cut(base, 63 - last.length)}${last}`;
    if (!taken.includes(name)) return name;
  }
}

function cut(text: string, bytes: number): string {
  let end = text.length;
  while (Buffer.byteLength(text.slice(0, end)) > bytes) end -= 1;
  return text.slice(0, end);
}

/**
 * A foreign key from one column to the primary key of a table that is there, in two statements, so that the scan keeps no writes off. Before
 * Postgres 18 a partitioned table takes no foreign key that is not validated.
 */
export function addForeignKeyTo(target: Table, table: Table, column: string, database: Catalog): readonly Step[] {
  const taken = [...table.foreignKeys, ...table.checks, ...table.indexes].map(({ name }) => name);
  const key: TableForeignKey = {
    path: '',
    name: freeName([table.name, column].join('_'), '_fkey', taken),
    table,
    span: null,
    columns: [column],
    referencedTable: target.path,
    referencedColumns: target.primaryKey?.columns ?? [],
    onDelete: 'NoAction',
    onUpdate: 'NoAction',
    validated: true,
    deferrable: false,
    enforced: true,
    definition: '',
  };
  const { phase, sql } = addForeignKey(key, database);
  if (table.kind === 'partitioned') return [{ phase, sql: `${orphansQuery(key, database)}\n${sql}` }];
  return [
    { phase, sql: sql.replace(/;$/, ' NOT VALID;') },
    { ...validateForeignKey(key, table, database), phase: 'validate' },
  ];
}
