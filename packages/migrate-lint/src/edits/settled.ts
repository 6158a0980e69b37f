import type { Comparison, Fix, Table, TableForeignKey, TableIndex } from '@migrate-lint/core';
import { mustBeGiven } from './columns.ts';
import { typeNames } from './enums.ts';

/**
 * `safe` where a table of the schema and these columns are in the database as the schema has them, or come into it by safe fixes. A
 * statement that waits for a rename, a conversion or rows to be filled is no safer than what it waits for.
 */
export function safetyOf(table: Table, columns: readonly string[], comparison: Comparison): Fix['safety'] {
  if (comparison.tables.some(pair => pair.expected === table && pair.renamed)) return 'unsafe';
  return columns.every(name => isSettled(table, name, comparison)) ? 'safe' : 'unsafe';
}

/** The same for a table that is made anew: what its columns and foreign keys need. */
export function safetyOfNew(table: Table, comparison: Comparison, seen: readonly Table[] = []): Fix['safety'] {
  const columns = table.columns.map(column => column.name);
  if (safetyOf(table, columns, comparison) === 'unsafe') return 'unsafe';
  if (table.indexes.some(index => isTaken(index, comparison))) return 'unsafe';
  const known = [...seen, table];
  return table.foreignKeys.every(key => hasTarget(key, comparison, known)) ? 'safe' : 'unsafe';
}

function isSettled(table: Table, name: string, { columns, enums }: Comparison): boolean {
  const type = table.column(name)?.type ?? '';
  if (enums.some(({ expected, renamed }) => renamed && expected && typeNames(expected).includes(type))) return false;
  const pair = columns.find(({ expected }) => expected?.table === table && expected.name === name);
  // The columns of a table that is not there are not told one by one.
  if (!pair?.expected) return true;
  return pair.actual ? !pair.renamed && !pair.typeChanged : !mustBeGiven(pair.expected);
}

/** The same for an index that gets a name, be it a new one. */
export function safetyOfIndex(index: TableIndex, comparison: Comparison): Fix['safety'] {
  return isTaken(index, comparison) ? 'unsafe' : safetyOf(index.table, index.columns, comparison);
}

/** Whether another index has the name: it has to be dropped or renamed before. */
function isTaken(index: TableIndex, { actual, indexes }: Comparison): boolean {
  const own = indexes.find(({ expected }) => expected === index)?.actual;
  return actual.indexes.some(
    other => other !== own && other.name === index.name && other.table.schema === index.table.schema,
  );
}

/** The same for a foreign key: both of its ends. */
export function safetyOfKey(key: TableForeignKey, comparison: Comparison): Fix['safety'] {
  if (safetyOf(key.table, key.columns, comparison) === 'unsafe') return 'unsafe';
  return hasTarget(key, comparison) ? 'safe' : 'unsafe';
}

/** Whether the unique that a foreign key refers to is there, or comes with a new table. */
function hasTarget(key: TableForeignKey, comparison: Comparison, seen: readonly Table[] = []): boolean {
  const pair = comparison.tables.find(({ expected }) => expected?.path === key.referencedTable);
  if (!pair?.expected || seen.includes(pair.expected)) return true;
  if (!pair.actual) return safetyOfNew(pair.expected, comparison, seen) === 'safe';
  if (safetyOf(pair.expected, key.referencedColumns, comparison) === 'unsafe') return false;
  const wanted = [...key.referencedColumns].sort().join('\0');
  return pair.actual.indexes.some(
    ({ unique, full, columns }) => unique && full && [...columns].sort().join('\0') === wanted,
  );
}
