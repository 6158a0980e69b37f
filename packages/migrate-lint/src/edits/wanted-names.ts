import type { Comparison, Table } from '@migrate-lint/core';
import { dropForeignKey } from './foreign-keys.ts';
import { dropIndex } from './indexes.ts';
import type { Step } from './step.ts';

/**
 * Drops what would go with a table or column of the database anyway, but holds a name until then that the schema gives to something
 * else: a rename before would find it taken.
 */
export function giveUpNames(table: Table, comparison: Comparison, column?: string): readonly Step[] {
  const { expected, tables } = comparison;
  const goes = (columns: readonly string[]): boolean => column === undefined || columns.includes(column);
  const wanted = expected.indexes.filter(index => index.table.schema === table.schema).map(index => index.name);
  const own = tables.find(pair => pair.actual === table)?.expected?.foreignKeys.map(key => key.name) ?? [];
  return [
    ...table.foreignKeys.filter(key => goes(key.columns) && own.includes(key.name)).map(dropForeignKey),
    ...table.indexes.filter(index => goes(index.columns) && wanted.includes(index.name)).map(dropIndex),
  ];
}
