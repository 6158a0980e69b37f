import type { ForeignKeyPair, ForeignKeyWeakness, TableForeignKey } from '@migrate-lint/core';
import { withTouch, type CompareInput, type Names, type TablePair } from './pair.ts';

/** Pairs the foreign keys of two tables that are one: by columns and target first, so that a new name or action is no new key. */
export function pairForeignKeys(tables: TablePair, names: Names, input: CompareInput): readonly ForeignKeyPair[] {
  const { expected: wanted, actual: there } = tables;
  const taken = new Map<TableForeignKey, TableForeignKey>();
  const sameTarget = (expected: TableForeignKey, actual: TableForeignKey): boolean => {
    const target = input.expected.table(expected.referencedTable);
    return (
      names.table(expected.referencedTable) === actual.referencedTable &&
      expected.columns.map(column => names.column(wanted, column)).join('\0') === actual.columns.join('\0') &&
      expected.referencedColumns.map(column => (target ? names.column(target, column) : column)).join('\0') ===
        actual.referencedColumns.join('\0')
    );
  };
  for (const sameName of [true, false]) {
    for (const expected of wanted.foreignKeys) {
      if (taken.has(expected)) continue;
      const actual = there.foreignKeys.find(
        key =>
          ![...taken.values()].includes(key) && sameTarget(expected, key) && (!sameName || key.name === expected.name),
      );
      if (actual) taken.set(expected, actual);
    }
  }
  const pair = (expected: TableForeignKey | undefined, actual: TableForeignKey | undefined): ForeignKeyPair => {
    const bare = {
      path: expected?.path ?? `${wanted.path}.${actual?.name ?? ''}`,
      expected,
      actual,
      renamed: false,
      likeness: '',
      schemaSpan: expected?.span ?? tables.schemaSpan,
      nameChanged: expected !== undefined && actual !== undefined && expected.name !== actual.name,
      actionsChanged:
        expected !== undefined &&
        actual !== undefined &&
        (expected.onDelete !== actual.onDelete || expected.onUpdate !== actual.onUpdate),
      weaknesses: expected && actual ? weaknessesOf(actual) : [],
    };
    const touched = actual?.path ?? `${there.path}.${expected?.name ?? ''}`;
    return withTouch(bare, () => input.lastTouch('constraint', touched) ?? tables.touch);
  };
  return [
    ...wanted.foreignKeys.map(expected => pair(expected, taken.get(expected))),
    ...there.foreignKeys
      .filter(actual => ![...taken.values()].includes(actual) && !onExtraColumn(actual))
      .map(actual => pair(undefined, actual)),
  ];

  /** Whoever drops an extra column drops its foreign key. */
  function onExtraColumn(actual: TableForeignKey): boolean {
    const known = new Set(wanted.columns.map(column => names.column(wanted, column.name)));
    return actual.columns.some(column => !known.has(column));
  }
}

function weaknessesOf(key: TableForeignKey): readonly ForeignKeyWeakness[] {
  return [
    ...(key.validated ? [] : (['not valid'] as const)),
    ...(key.deferrable ? (['deferrable'] as const) : []),
    ...(key.enforced ? [] : (['not enforced'] as const)),
  ];
}
