import { flatMap, type PastConstraint, type PastIndex, type PastTable, type Statement } from '@migrate-lint/core';
import { doneOf } from './same-migration.ts';

/** What a constraint or a unique index promises of the rows of its table. */
export interface Promised {
  readonly id: number;
  readonly type: PastConstraint['type'];
  /** Null for an expression. */
  readonly columns: readonly (string | null)[];
  readonly predicate: string | undefined;
  readonly referencedTable: string | undefined;
}

export function promisedBy(held: PastConstraint | PastIndex): Promised {
  const { id, columns } = held;
  return 'predicate' in held
    ? { id, columns, type: 'unique', predicate: held.predicate, referencedTable: undefined }
    : { id, columns, type: held.type, predicate: undefined, referencedTable: held.referencedTable };
}

/** Whether the table keeps a promise as strong as this one: another one that was there and stays, or one that the migration makes. */
export function isStillPromised(promised: Promised, table: PastTable, statement: Statement): boolean {
  const dropped = new Set([
    ...doneOf('drop constraint', statement).map(({ operation }) => operation.constraint?.id),
    ...doneOf('drop index', statement).map(({ operation }) => operation.index?.id),
  ]);
  // The index of a constraint is that constraint, and a CHECK that was there beside another one says something else.
  const held = [
    ...table.constraints.filter(({ type }) => type !== 'check'),
    ...table.indexes.filter(({ unique, constraint }) => unique && constraint === undefined),
  ].filter(({ id }) => !dropped.has(id));
  return [...held, ...madeOn(table, statement)].some(
    other =>
      other.id !== promised.id &&
      (isAsStrong(promisedBy(other), promised) || isWiderKey(promisedBy(other), promised, table)),
  );
}

/** Whether a foreign key has the columns of the other one and more that are never NULL, as the tenant's: it looks up the same rows, and more strictly. */
function isWiderKey(one: Promised, other: Promised, table: PastTable): boolean {
  if (one.type !== 'foreign' || other.type !== 'foreign' || one.referencedTable !== other.referencedTable) return false;
  const more = one.columns.filter(name => !other.columns.includes(name));
  return (
    other.columns.every(name => one.columns.includes(name)) &&
    more.every(name => name !== null && table.column(name)?.notNull === true)
  );
}

/**
 * Whether whatever keeps the one keeps the other. Conditions cannot be compared: a CHECK on the same columns, or a unique with another WHERE, is taken
 * for the successor.
 */
function isAsStrong(one: Promised, other: Promised): boolean {
  // Another key of the table is as good a key.
  if (other.type === 'primary') return one.type === 'primary';
  if (other.type === 'unique') {
    const covers = one.columns.every(name => name !== null && other.columns.includes(name));
    return isUnique(one.type) && covers && (one.predicate === undefined || other.predicate !== undefined);
  }
  if (one.type !== other.type) return false;
  if (other.type === 'foreign') return sameNames(one.columns, other.columns);
  return other.columns.some(name => one.columns.includes(name));
}

function isUnique(type: Promised['type']): boolean {
  return type === 'unique' || type === 'primary';
}

function sameNames(one: Promised['columns'], other: Promised['columns']): boolean {
  return one.length === other.length && one.every(name => other.includes(name));
}

/** What the migration of a statement makes on a table. */
function madeOn({ id }: PastTable, statement: Statement): readonly (PastConstraint | PastIndex)[] {
  return [
    ...flatMap(doneOf('add constraint', statement), ({ operation: { table, constraint } }) =>
      table.id === id ? [constraint] : [],
    ),
    ...flatMap(doneOf('create index', statement), ({ operation: { table, index } }) =>
      table.id === id && index.unique ? [index] : [],
    ),
  ];
}
