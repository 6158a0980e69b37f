import {
  flatMap,
  type LockMode,
  type Operation,
  type PastConstraint,
  type PastTable,
  type Statement,
} from '@migrate-lint/core';
import { servedThrough } from './attached-tables.ts';
import { modeOf } from './lock-modes.ts';
import { defaultPartitionOf } from './partition-words.ts';

/** The lock that an operation takes on one table, until its transaction ends. */
export interface TableLock {
  readonly table: PastTable;
  readonly mode: LockMode;
  /** Whether somebody else may wait for the table (`isOld`). */
  readonly existedBefore: boolean;
}

/** What others cannot do while the lock is held; undefined where an application notices nothing. */
export function blocks(mode: LockMode): 'reads and writes' | 'writes' | undefined {
  if (mode === 'ACCESS EXCLUSIVE') return 'reads and writes';
  return mode === 'SHARE' || mode === 'SHARE ROW EXCLUSIVE' || mode === 'EXCLUSIVE' ? 'writes' : undefined;
}

/** Whether somebody may wait for the table: it was there before the migration of the statement, or serves one that was, and is not temporary. */
export function isOld(table: PastTable, statement: Statement): boolean {
  if (table.temporary) return false;
  return table.createdBy?.migration !== statement.migration || servedThrough(table, statement) !== undefined;
}

/**
 * The locks of an operation on the tables that it names and on those that it drags in, as measured on Postgres 15 and 18. What plain
 * reads and writes take (ROW EXCLUSIVE and below) is left out.
 */
export function locksOf(operation: Operation, statement: Statement): readonly TableLock[] {
  if (isNothing(operation)) return [];
  const mode = modeOf(operation);
  const locksOn = (table: PastTable | undefined, each: LockMode): readonly TableLock[] =>
    table ? [{ table, mode: each, existedBefore: isOld(table, statement) }] : [];
  const all = [
    ...(mode ? flatMap(named(operation), table => locksOn(table, mode)) : []),
    ...flatMap(draggedIn(operation, statement), drag => locksOn(statement.before.table(drag.path), drag.mode)),
  ];
  if (all.length < 2) return all;
  return all.filter(({ table }, at) => all.findIndex(other => other.table.path === table.path) === at);
}

/** The table is there already, or no rows are read. ALTER TABLE and CREATE INDEX take their lock before they see that nothing is to be done. */
function isNothing(operation: Operation): boolean {
  if (operation.kind === 'create table') return operation.ifNotExists && operation.existing !== undefined;
  return operation.kind === 'add domain constraint' && operation.notValid;
}

/** The tables that the operation names and locks alike. */
function named(operation: Operation): readonly (PastTable | undefined)[] {
  if ('tables' in operation) return operation.tables;
  if (operation.kind === 'add constraint') return [operation.table, operation.referenced];
  return ['table' in operation ? operation.table : undefined];
}

interface Drag {
  readonly path: string;
  readonly mode: LockMode;
}

/** What is locked because it hangs on the table: the triggers of a foreign key, the bounds of partitions, the columns of a domain. */
function draggedIn(operation: Operation, statement: Statement): readonly Drag[] {
  if (operation.kind === 'create table') {
    const { partitionOf, constraints } = operation.table;
    const keys = modeFor('SHARE ROW EXCLUSIVE', constraints.map(targetOf));
    if (!partitionOf) return keys;
    const fallback = defaultPartitionOf(statement.before.table(partitionOf.table), statement)?.path;
    return [...modeFor('ACCESS EXCLUSIVE', [partitionOf.table, fallback]), ...keys];
  }
  if (operation.kind === 'drop table') {
    const { table, dependents } = operation;
    const keys = dependents.map(({ kind, path }) => (kind === 'constraint' ? holderOf(path) : undefined));
    return modeFor('ACCESS EXCLUSIVE', [...table.constraints.map(targetOf), ...keys, table.partitionOf?.table]);
  }
  if (operation.kind === 'drop constraint')
    return modeFor('ACCESS EXCLUSIVE', [
      operation.constraint?.referencedTable,
      ...operation.dependents.map(({ path }) => holderOf(path)),
    ]);
  if (operation.kind === 'attach partition' || operation.kind === 'detach partition') {
    const fallback = operation.concurrently ? undefined : defaultPartitionOf(operation.table, statement)?.path;
    return modeFor('ACCESS EXCLUSIVE', [operation.partition?.path, fallback]);
  }
  return 'domain' in operation && modeOf(operation) ? modeFor('SHARE', operation.columns.map(holderOf)) : [];
}

function modeFor(mode: LockMode, paths: readonly (string | undefined)[]): readonly Drag[] {
  return flatMap(paths, path => (path === undefined ? [] : [{ path, mode }]));
}

function targetOf({ referencedTable }: PastConstraint): string | undefined {
  return referencedTable;
}

/** The table of `table.column`. */
function holderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('.'));
}
