import type { ColumnPair, IndexPair, IndexWeakness, Table, TableIndex } from '@migrate-lint/core';
import { withTouch, type CompareInput, type Names, type TablePair } from './pair.ts';

export interface IndexPairs {
  readonly primaryKeys: readonly IndexPair[];
  readonly uniques: readonly IndexPair[];
  readonly indexes: readonly IndexPair[];
}

/** What a .prisma file can say of the access method (https://www.prisma.io/docs/orm/prisma-schema/data-model/indexes). */
const prismaMethods = new Set(['btree', 'hash', 'gin', 'gist', 'spgist', 'brin']);

/** Whether a .prisma file can say this index: plain columns, every row, an access method that Prisma knows. */
export function isPrismaIndex(index: TableIndex): boolean {
  return (
    index.constraint !== 'exclusion' &&
    index.predicate === null &&
    index.columns.length === index.keys.length &&
    prismaMethods.has(index.method)
  );
}

/** Pairs primary keys, uniques and indexes of two tables that are one. */
export function pairIndexes(
  tables: TablePair,
  names: Names,
  columns: readonly ColumnPair[],
  input: CompareInput,
): IndexPairs {
  const { expected: wanted, actual: there } = tables;
  const joinTable = isJoinTable(wanted) && hasJoinKey(there);
  const wantedIndexes = wanted.indexes.filter(index => !index.primary);
  const actualIndexes = there.indexes.filter(index => !index.primary && index.constraint !== 'exclusion');
  const taken = new Map<TableIndex, TableIndex>();
  const free = (index: TableIndex): boolean => ![...taken.values()].includes(index);
  const pairUp = (fits: (expected: TableIndex, actual: TableIndex) => boolean): void => {
    for (const expected of wantedIndexes) {
      if (taken.has(expected)) continue;
      const actual = actualIndexes.find(index => free(index) && fits(expected, index));
      if (actual) taken.set(expected, actual);
    }
  };
  const sameKeys = (expected: TableIndex, actual: TableIndex): boolean => keysAgree(expected, actual, wanted, names);
  const sound = (expected: TableIndex, actual: TableIndex): boolean =>
    sameKeys(expected, actual) && weaknessOf(expected, actual) === undefined;
  pairUp((expected, actual) => expected.name === actual.name && sound(expected, actual));
  pairUp(sound);
  pairUp((expected, actual) => expected.name === actual.name);
  // A unique that is partial, deferrable or invalid stands where the schema wants a whole one, whatever its name.
  pairUp((expected, actual) => expected.unique && actual.unique && sameKeys(expected, actual));

  const pair = (expected: TableIndex | undefined, actual: TableIndex | undefined): IndexPair => {
    const both = expected !== undefined && actual !== undefined;
    const primary = (expected ?? actual)?.primary === true;
    const same = both && sameKeys(expected, actual);
    const found = both && !primary ? weaknessOf(expected, actual) : undefined;
    // An index on other columns is another one, whatever else it is.
    const weakness = same || found === 'expression' ? found : undefined;
    const bare = {
      path: expected?.path ?? `${wanted.path}.${actual?.name ?? ''}`,
      expected,
      actual,
      renamed: false,
      likeness: '',
      schemaSpan: expected?.span ?? tables.schemaSpan,
      weakness,
      changed: both && weakness === undefined && !same,
      nameChanged: both && expected.name !== actual.name,
    };
    const touched = actual?.path ?? `${there.path}.${expected?.name ?? ''}`;
    return withTouch(bare, () => input.lastTouch('index', touched) ?? tables.touch);
  };
  // Whoever drops an extra column drops its indexes.
  const extraColumns = new Set(
    columns.filter(column => column.actual?.table === there && !column.expected).map(column => column.actual?.name),
  );
  const extra = actualIndexes.filter(
    index =>
      free(index) &&
      isPrismaIndex(index) &&
      !index.columns.some(column => extraColumns.has(column)) &&
      !(joinTable && index.columns.join() === 'A,B'),
  );
  const hasNoKeyToCompare = joinTable ? !there.primaryKey : !(wanted.primaryKey ?? there.primaryKey);
  const pairs = [
    ...wantedIndexes.filter(index => !(joinTable && index.unique)).map(index => pair(index, taken.get(index))),
    ...extra.map(index => pair(undefined, index)),
  ];
  const isUnique = ({ expected, actual }: IndexPair): boolean => (expected ?? actual)?.unique === true;
  return {
    primaryKeys: hasNoKeyToCompare ? [] : [pair(wanted.primaryKey, there.primaryKey)],
    uniques: pairs.filter(isUnique),
    indexes: pairs.filter(one => !isUnique(one)),
  };
}

/** Key columns in order, method and sort order. An operator class counts where the schema names one (`ops:`); what Prisma
 * does not look at (NULLS FIRST, collation, any other operator class) is an unmanaged option. */
function keysAgree(expected: TableIndex, actual: TableIndex, wanted: Table, names: Names): boolean {
  return (
    expected.unique === actual.unique &&
    expected.method === actual.method &&
    (expected.predicate === null || expected.predicate === actual.predicate) &&
    expected.keys.length === actual.keys.length &&
    expected.keys.every((key, index) => {
      const other = actual.keys[index];
      return (
        key.column !== null &&
        names.column(wanted, key.column) === other?.column &&
        key.descending === other.descending &&
        (key.operatorClass === null || key.operatorClass === other.operatorClass)
      );
    })
  );
}

function weaknessOf(expected: TableIndex, actual: TableIndex): IndexWeakness | undefined {
  if (!actual.valid) return 'invalid';
  if (actual.predicate !== null && expected.predicate === null) return 'partial';
  if (actual.columns.length !== actual.keys.length) return 'expression';
  return actual.deferrable ? 'deferrable' : undefined;
}

/** The table of an implicit many-to-many relation: `_AToB` with the columns A and B. */
function isJoinTable(table: Table): boolean {
  return (
    table.name.startsWith('_') &&
    table.columns.length === 2 &&
    table.columns[0]?.name === 'A' &&
    table.columns[1]?.name === 'B'
  );
}

function hasJoinKey(table: Table): boolean {
  return table.indexes.some(index => index.unique && index.full && index.columns.join() === 'A,B');
}
