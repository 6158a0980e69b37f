import type { Catalog, Comparison, Table } from '@migrate-lint/core';
import { quoteIdentifier } from '../database/database.ts';
import { columnDefinition } from './columns.ts';
import { addForeignKey, dropForeignKeysTo } from './foreign-keys.ts';
import { createIndex } from './indexes.ts';
import { qualified, quotedList } from './names.ts';
import type { Step } from './step.ts';
import { giveUpNames } from './wanted-names.ts';

/** Makes a table of the schema with its primary key, then its indexes, then its foreign keys. */
export function createTable(table: Table, expected: Catalog): readonly Step[] {
  const { primaryKey } = table;
  const lines = [
    ...table.columns.map(columnDefinition),
    ...(primaryKey
      ? [`CONSTRAINT ${quoteIdentifier(primaryKey.name)} PRIMARY KEY (${quotedList(primaryKey.columns)})`]
      : []),
  ];
  const body = lines.map(line => `\n    ${line}`).join(',');
  return [
    { phase: 'create table', sql: `CREATE TABLE ${qualified(table)} (${body}\n);` },
    // No row is there yet that a unique could refuse.
    ...table.indexes.filter(index => !index.primary).map(index => withoutComment(createIndex(index))),
    ...table.foreignKeys.map(key => addForeignKey(key, expected)),
  ];
}

function withoutComment({ phase, sql }: Step): Step {
  return { phase, sql: sql.replace(/^(?:--[^\n]*\n)+/, '') };
}

/** Drops a table; foreign keys of other tables would keep it. */
export function dropTable(table: Table, comparison: Comparison): readonly Step[] {
  return [
    ...dropForeignKeysTo(table, comparison),
    ...giveUpNames(table, comparison),
    { phase: 'drop table', sql: `DROP TABLE ${qualified(table)};` },
  ];
}

export function renameTable(actual: Table, expected: Table): Step {
  return {
    phase: 'rename table',
    sql: `ALTER TABLE ${qualified(actual)} RENAME TO ${quoteIdentifier(expected.name)};`,
  };
}

/** The table as it is called once the renames are done. */
export function renamed(table: Table, { tables }: Comparison): Table {
  return tables.find(pair => pair.actual === table)?.expected ?? table;
}
