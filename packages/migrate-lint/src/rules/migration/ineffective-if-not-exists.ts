import { defineRule, type PastColumn, type PastIndex, type PastTable, type Statement } from '@migrate-lint/core';
import { operationsOf, type OperationOf } from '../operations.ts';
import { code } from '../places.ts';
import { typeName } from '../type-names.ts';

export default defineRule({
  id: 'migration/ineffective-if-not-exists',
  level: 'high',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'IF NOT EXISTS finds something else under the name, so the statement does nothing.',
    why: `IF NOT EXISTS asks for the name only. Where a table, a column or an index of this name is there and looks otherwise, Postgres says a notice
that nobody reads and goes on; the migration counts as applied, and what it should have made is missing: a column that queries name, a
unique on which an upsert rests. On a database in which the first one was never made the same file makes the other one, so two
databases with one history differ. That breaks a client sooner or later, so the level is high; it is medium where only the length or precision of a column differs.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "email" text);
-- 2_numbers/migration.sql
CREATE TABLE IF NOT EXISTS "orders" ("id" integer PRIMARY KEY, "number" text NOT NULL);`,
    good: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "email" text);
-- 2_numbers/migration.sql
ALTER TABLE "orders" ADD COLUMN IF NOT EXISTS "number" text;`,
    guards: [
      'What is there has the same shape, or more columns.',
      'Tables of which not all columns are known, and columns of which the type is not.',
      'A column of a table that the migration itself makes with IF NOT EXISTS: it is for databases that have an older form of the table.',
      'Schemas, extensions and sequences.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) =>
    operationsOf(migrations, ['create table', 'add column', 'create index']),
  check: ({ operation, statement }) => {
    const { existing } = operation;
    if (!operation.ifNotExists || !existing) return undefined;
    const difference = differenceOf(operation);
    if (difference === undefined || isForAnOlderTable(operation, statement)) return undefined;
    return {
      span: operation.span,
      message: `${code(existing.kind === 'index' ? existing.name : existing.path)} is there already and ${difference}, so this statement does nothing.`,
      related: existing.createdBy ? [{ message: 'It was made here.', span: existing.createdBy.span }] : [],
      level: isNearly(operation) ? 'medium' : undefined,
    };
  },
});

type IfNotExists = OperationOf<'create table' | 'add column' | 'create index'>;

/**
 * Whether a column is meant for databases that have an older form of the table: the CREATE TABLE IF NOT EXISTS of the same migration makes it where
 * there is none.
 */
function isForAnOlderTable(operation: IfNotExists, { migration }: Statement): boolean {
  if (operation.kind !== 'add column') return false;
  const made = operation.table.createdBy;
  return (
    made?.migration === migration &&
    made.operations.some(({ kind, ...each }) => kind === 'create table' && 'ifNotExists' in each && each.ifNotExists)
  );
}

function differenceOf(operation: IfNotExists): string | undefined {
  switch (operation.kind) {
    case 'create table': {
      const { existing, table } = operation;
      if (!existing) return undefined;
      if (!isTable(existing)) return `is a ${existing.kind}`;
      return existing.open || table.open ? undefined : differenceOfTables(table, existing);
    }
    case 'add column':
      return operation.existing && differenceOfColumns(operation.column, operation.existing);
    case 'create index': {
      const { existing } = operation;
      if (!existing) return undefined;
      return isIndex(existing) ? differenceOfIndexes(operation.index, existing) : `is a ${existing.kind}`;
    }
  }
}

/** Whether only the length or precision differs. */
function isNearly(operation: IfNotExists): boolean {
  if (operation.kind !== 'add column' || !operation.existing) return false;
  const [wanted, there] = [operation.column, operation.existing];
  return wanted.notNull === there.notNull && bare(wanted.type) === bare(there.type);
}

function bare(type: string | undefined): string {
  const { base, array } = typeName(type ?? '');
  return array ? `${base}[]` : base;
}

function isTable(thing: object): thing is PastTable {
  return 'constraints' in thing && 'kind' in thing && (thing.kind === 'table' || thing.kind === 'partitioned table');
}

function isIndex(thing: object): thing is PastIndex {
  return 'columns' in thing && 'method' in thing;
}

function differenceOfTables(wanted: PastTable, there: PastTable): string | undefined {
  for (const column of wanted.columns) {
    const other = there.column(column.name);
    if (!other) return `has no column ${code(column.name)}`;
    const difference = differenceOfColumns(column, other);
    if (difference !== undefined) return `its column ${code(column.name)} ${difference}`;
  }
  return undefined;
}

function differenceOfColumns(wanted: PastColumn, there: PastColumn): string | undefined {
  if (wanted.type === undefined || there.type === undefined) return undefined;
  if (wanted.type !== there.type) return `has the type ${code(there.type)} and not ${code(wanted.type)}`;
  if (wanted.notNull === there.notNull) return undefined;
  return there.notNull ? 'is NOT NULL' : 'may be NULL';
}

function differenceOfIndexes(wanted: PastIndex, there: PastIndex): string | undefined {
  if (wanted.table !== there.table) return `is an index of ${code(there.table)}`;
  if (wanted.columns.join('\0') !== there.columns.join('\0') && ![...wanted.columns, ...there.columns].includes(null))
    return `is on ${code(there.columns.join(', '))}`;
  if (wanted.unique !== there.unique) return there.unique ? 'is unique' : 'is not unique';
  if ((wanted.predicate === undefined) !== (there.predicate === undefined))
    return there.predicate === undefined ? 'has no condition' : `has the condition ${code(there.predicate)}`;
  return undefined;
}
