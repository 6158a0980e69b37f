import type { AddConstraint, CreateIndex, PastIndex, PastTable, Problem, Statement } from '@migrate-lint/core';
import { atStart, columnAtStart } from './migration-start.ts';
import { code } from './places.ts';
import { seedsOf } from './seeded-rows.ts';

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

/** What there is to say where rows that the migration inserts break the key; undefined where they do not for certain. */
export function brokenBySeeds(
  key: UniqueKey,
  table: PastTable,
  statement: Statement,
): Omit<Problem, 'span'> | undefined {
  const reason = whyBroken(key, table, statement);
  if (reason === undefined) return undefined;
  return {
    message: `The ${key.kind} ${code(key.name)} fails on the rows that the migration inserts, for ${reason}.`,
    level: 'critical',
    fix: { title: 'Insert the rows with values that differ', safety: 'unsafe' },
  };
}

function whyBroken(
  { columns, kind, predicate, nullsNotDistinct }: UniqueKey,
  table: PastTable,
  statement: Statement,
): string | undefined {
  const names = columns.filter(name => name !== null);
  if (names.length < columns.length || predicate !== undefined) return undefined;
  const seeds = seedsOf(table, statement);
  const [empty] = names.filter(
    name => table.column(name)?.notNull !== true && seeds.some(({ held }) => held(name) === 'null'),
  );
  if (kind === 'primary key' && empty !== undefined) return `they hold NULL in ${code(empty)}`;
  const isSame = (held: 'null' | 'same' | undefined): boolean =>
    held === 'same' || (nullsNotDistinct && held === 'null');
  const alike = seeds.some(({ rows, held }) => rows > 1 && names.every(name => isSame(held(name))));
  return alike ? `they have the same ${code(names)}` : undefined;
}
