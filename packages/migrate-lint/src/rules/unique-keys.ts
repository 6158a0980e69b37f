import type { AddConstraint, CreateIndex, PastIndex, PastTable, Statement } from '@migrate-lint/core';
import { atStart, columnAtStart } from './migration-start.ts';

/** What a unique index, a unique constraint or a primary key promises of the rows. */
export interface UniqueKey {
  readonly name: string;
  readonly kind: 'unique index' | 'unique constraint' | 'primary key';
  /** Null for an expression. */
  readonly columns: readonly (string | null)[];
  readonly predicate: string | undefined;
  readonly nullsNotDistinct: boolean;
}

/** Undefined for what is not unique, and for a constraint on an index that is there. */
export function uniqueKeyOf(operation: AddConstraint | CreateIndex): UniqueKey | undefined {
  if (operation.kind === 'create index') {
    const { unique, name, columns, predicate, nullsNotDistinct } = operation.index;
    return unique ? { name, kind: 'unique index', columns, predicate, nullsNotDistinct } : undefined;
  }
  const { constraint, usingIndex, index } = operation;
  if (usingIndex || (constraint.type !== 'unique' && constraint.type !== 'primary')) return undefined;
  return {
    name: constraint.name,
    kind: constraint.type === 'unique' ? 'unique constraint' : 'primary key',
    columns: constraint.columns,
    predicate: undefined,
    nullsNotDistinct: index?.nullsNotDistinct === true,
  };
}

/** Whether the rows were held to this before the migration began, or to more. */
export function wasUnique(key: UniqueKey, table: PastTable, statement: Statement): boolean {
  const columns = key.columns.map(name => (name === null ? null : columnAtStart(name, table, statement)?.name));
  return (atStart(table, statement)?.indexes ?? []).some(index => isAsStrict(index, key, columns));
}

function isAsStrict(index: PastIndex, key: UniqueKey, columns: readonly (string | null | undefined)[]): boolean {
  if (!index.unique || (index.predicate !== undefined && index.predicate !== key.predicate)) return false;
  // What several NULLs were allowed in is not held to one.
  if (key.nullsNotDistinct && !index.nullsNotDistinct) return false;
  return index.columns.every(name => name !== null && columns.includes(name));
}
