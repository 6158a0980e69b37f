import type { Column, ColumnPair, Comparison, TableForeignKey, TableIndex } from '@migrate-lint/core';
import { quoteIdentifier } from '../database/database.ts';
import { changeType, renameColumn } from './columns.ts';
import { conversion } from './conversion.ts';
import { setAside } from './foreign-keys.ts';
import { dropIndex } from './indexes.ts';
import type { Step } from './step.ts';

type Both = ColumnPair & { readonly expected: Column; readonly actual: Column };

/**
 * Converts a column, under its new name where it has one. Where a foreign key ties it to columns that change in the same way, such
 * as ids that become uuids, all of them are converted together while the foreign keys are gone.
 */
export function convertColumn(pair: ColumnPair, comparison: Comparison): readonly Step[] {
  const group = [...tiedColumns(pair, comparison)];
  const paths = new Set(group.filter(isIncomparable).map(one => one.actual.path));
  const keys = comparison.actual.foreignKeys.filter(key => ends(key).some(path => paths.has(path)));
  return setAside(keys, comparison, [
    ...comparison.actual.indexes.filter(index => isDoomed(index, paths, comparison)).map(dropIndex),
    ...group.flatMap(({ renamed, actual, expected }) => (renamed ? [renameColumn(actual, expected)] : [])),
    ...group.map(({ actual, expected }) => changeType(actual, expected)),
  ]);
}

/** An index that goes with an extra column would refuse the new type of another one before. */
function isDoomed(index: TableIndex, paths: ReadonlySet<string>, { columns }: Comparison): boolean {
  const own = index.columns.map(name => `${index.table.path}.${name}`);
  const extra = (path: string): boolean => columns.some(({ expected, actual }) => !expected && actual?.path === path);
  return !index.primary && own.some(path => paths.has(path)) && own.some(extra);
}

function tiedColumns(start: ColumnPair, { columns, actual }: Comparison): ReadonlySet<Both> {
  const found = new Set<Both>();
  const pending = [start].filter(isChanged);
  for (let pair = pending.pop(); pair; pair = pending.pop()) {
    found.add(pair);
    if (!isIncomparable(pair)) continue;
    const { path } = pair.actual;
    const tied = new Set(actual.foreignKeys.flatMap(key => partners(key, path)));
    const more = columns.filter(isChanged).filter(other => tied.has(other.actual.path) && !found.has(other));
    pending.push(...more.filter(other => isIncomparable(other)));
  }
  return found;
}

function isChanged(pair: ColumnPair): pair is Both {
  return pair.typeChanged && pair.expected !== undefined && pair.actual !== undefined;
}

function isIncomparable({ actual, expected }: Both): boolean {
  return !conversion(actual.type, expected.type, quoteIdentifier(expected.name)).comparable;
}

/** The columns at both ends of a foreign key of the database. */
function ends(key: TableForeignKey): readonly string[] {
  return [
    ...key.columns.map(name => `${key.table.path}.${name}`),
    ...key.referencedColumns.map(name => `${key.referencedTable}.${name}`),
  ];
}

/** What stands at the other end. */
function partners(key: TableForeignKey, path: string): readonly string[] {
  return key.columns.flatMap((name, at) => {
    const [from, to] = [`${key.table.path}.${name}`, `${key.referencedTable}.${key.referencedColumns[at] ?? ''}`];
    return from === path ? [to] : to === path ? [from] : [];
  });
}
