import type { AddConstraint, Operation, PastTable, Statement } from '@migrate-lint/core';
import { isOld } from './lock-words.ts';
import { isNeverNull } from './never-null.ts';
import { rewriteByColumn, typeChangeOf } from './table-rewrites.ts';

/** What takes as long as the table is big: reading all rows, writing all of them anew, or building an index. */
export type Work = 'scan' | 'rewrite' | 'build';

/** Something that a statement does to all rows of a table that was there, while its locks are held. */
export interface Labour {
  readonly work: Work;
  readonly table: PastTable;
}

/** The work of an operation on a table that was there; undefined where it takes a moment, whatever the size. */
export function labourOf(operation: Operation, statement: Statement): Labour | undefined {
  if ('ifNotExists' in operation && operation.ifNotExists && 'existing' in operation && operation.existing)
    return undefined;
  const work = workOf(operation, statement);
  const table = 'table' in operation ? operation.table : undefined;
  return work && table && isOld(table, statement) ? { work, table } : undefined;
}

function workOf(operation: Operation, statement: Statement): Work | undefined {
  if (operation.kind === 'add constraint') return workOfConstraint(operation, statement);
  if (operation.kind === 'validate constraint') return operation.constraint?.validated === true ? undefined : 'scan';
  if (operation.kind === 'set not null')
    return isNeverNull(operation.table, operation.column.name) ? undefined : 'scan';
  if (operation.kind === 'add column') return rewriteByColumn(operation) ? 'rewrite' : undefined;
  if (operation.kind === 'alter type') {
    const change = typeChangeOf(operation, statement);
    if (change?.rewrites === 'always') return 'rewrite';
    return change?.reindexes === true && isIndexed(operation.table, operation.column.name) ? 'build' : undefined;
  }
  if (operation.kind === 'refresh' && operation.noData) return undefined;
  return works[operation.kind];
}

const works: Readonly<Partial<Record<Operation['kind'], Work>>> = {
  'create index': 'build',
  reindex: 'build',
  'set logged': 'rewrite',
  'set unlogged': 'rewrite',
  'set tablespace': 'rewrite',
  'set access method': 'rewrite',
  'vacuum full': 'rewrite',
  cluster: 'rewrite',
  refresh: 'rewrite',
};

/** What adding the constraint does to the rows that are there. */
export function workOfConstraint(operation: AddConstraint, statement: Statement): Work | undefined {
  const { constraint, table, usingIndex } = operation;
  switch (constraint.type) {
    case 'check':
      return constraint.validated ? 'scan' : undefined;
    case 'foreign':
      return constraint.validated && !isOfEmptyColumn(operation, statement) ? 'scan' : undefined;
    case 'primary': {
      const scans = usingIndex?.columns.some(column => column === null || !isNeverNull(table, column)) ?? false;
      return usingIndex ? (scans ? 'scan' : undefined) : 'build';
    }
    case 'unique':
      return usingIndex ? undefined : 'build';
    case 'exclusion':
      return 'build';
  }
}

/** `ADD COLUMN … REFERENCES …` without a default: Postgres knows that there is nothing to look up, and does not look. */
function isOfEmptyColumn({ ofNewColumn, constraint }: AddConstraint, { operations }: Statement): boolean {
  if (!ofNewColumn) return false;
  return operations.some(
    operation =>
      operation.kind === 'add column' &&
      constraint.columns.includes(operation.column.name) &&
      operation.column.default === undefined &&
      !operation.column.serial,
  );
}

function isIndexed({ indexes }: PastTable, column: string): boolean {
  return indexes.some(index => index.columns.includes(column));
}
