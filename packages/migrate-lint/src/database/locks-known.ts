import type { LockMode, Operation, PastConstraint, PastObject, PastTable, Statement } from '@migrate-lint/core';
import { rewriteByColumn, typeChangeOf } from '../rules/table-rewrites.ts';
import { strength, type LockData } from './locks-modes.ts';

const exclusive: LockMode = 'ACCESS EXCLUSIVE';

/** What an operation takes on its own table, by Postgres's manual and by measurements that a test repeats on the running database. */
const modes: Readonly<Partial<Record<Operation['kind'], LockMode>>> = {
  'drop table': exclusive,
  'set logged': exclusive,
  'set unlogged': exclusive,
  'set tablespace': exclusive,
  'set access method': exclusive,
  'enable row security': exclusive,
  'disable row security': exclusive,
  'force row security': exclusive,
  'no force row security': exclusive,
  'replica identity': exclusive,
  'change owner': exclusive,
  'enable trigger': 'SHARE ROW EXCLUSIVE',
  'disable trigger': 'SHARE ROW EXCLUSIVE',
  'set storage parameters': 'SHARE UPDATE EXCLUSIVE',
  'add column': exclusive,
  'drop column': exclusive,
  'alter type': exclusive,
  'set not null': exclusive,
  'drop not null': exclusive,
  'set default': exclusive,
  'drop default': exclusive,
  'add identity': exclusive,
  'drop identity': exclusive,
  'drop expression': exclusive,
  'set statistics': 'SHARE UPDATE EXCLUSIVE',
  'set storage': exclusive,
  'add constraint': exclusive,
  'drop constraint': exclusive,
  'validate constraint': 'SHARE UPDATE EXCLUSIVE',
  'alter constraint': exclusive,
  'create index': 'SHARE',
  'drop index': exclusive,
  reindex: 'SHARE',
  'attach partition': 'SHARE UPDATE EXCLUSIVE',
  'detach partition': exclusive,
  'rename table': exclusive,
  'rename column': exclusive,
  'rename constraint': exclusive,
  'set schema': exclusive,
  insert: 'ROW EXCLUSIVE',
  update: 'ROW EXCLUSIVE',
  delete: 'ROW EXCLUSIVE',
  merge: 'ROW EXCLUSIVE',
  copy: 'ROW EXCLUSIVE',
  truncate: exclusive,
  vacuum: 'SHARE UPDATE EXCLUSIVE',
  analyze: 'SHARE UPDATE EXCLUSIVE',
  'vacuum full': exclusive,
  cluster: exclusive,
  refresh: exclusive,
};

const concurrently: Readonly<Partial<Record<Operation['kind'], LockMode>>> = {
  'create index': 'SHARE UPDATE EXCLUSIVE',
  'drop index': 'SHARE UPDATE EXCLUSIVE',
  reindex: 'SHARE UPDATE EXCLUSIVE',
  'detach partition': 'SHARE UPDATE EXCLUSIVE',
  refresh: 'EXCLUSIVE',
};

const rewriting: readonly Operation['kind'][] = [
  'set logged',
  'set unlogged',
  'set tablespace',
  'set access method',
  'vacuum full',
  'cluster',
];

/** The locks of a statement that nobody measured, on tables that were there before its migration. */
export function knownLocks(statement: Statement): readonly LockData[] {
  const wasThere = (path: string): boolean => {
    const table = statement.before.table(path);
    // A materialized view shares its name with tables.
    const found = table ?? statement.before.relation(path);
    return found !== undefined && !table?.temporary && found.createdBy?.migration !== statement.migration;
  };
  const byPlace = new Map<string, LockData>();
  for (const lock of statement.operations.flatMap(operation => locksOf(operation, statement))) {
    // What every reader takes is told of no statement.
    if (lock.mode === 'ACCESS SHARE' || !wasThere(lock.table)) continue;
    const place = JSON.stringify([lock.table, lock.index]);
    const other = byPlace.get(place);
    const stronger = other && strength(other.mode) > strength(lock.mode) ? other : lock;
    byPlace.set(place, { ...stronger, rewrite: lock.rewrite || other?.rewrite === true });
  }
  return [...byPlace.values()];
}

function locksOf(operation: Operation, statement: Statement): readonly LockData[] {
  const { kind } = operation;
  if (kind === 'create table') return referencedBy(operation.table, 'SHARE ROW EXCLUSIVE');
  if (kind === 'lock table') return operation.tables.map(table => on(table, operation.mode));
  const fast = 'concurrently' in operation && operation.concurrently;
  if (operation.kind === 'rename index') return onIndex(operation.object, operation.table, 'SHARE UPDATE EXCLUSIVE');
  if (operation.kind === 'alter index') return onIndex(operation.index, operation.table, 'SHARE UPDATE EXCLUSIVE');
  const mode = (fast ? concurrently[kind] : undefined) ?? (isObject(operation) ? objectMode(operation) : modes[kind]);
  if (kind === 'add constraint' && operation.constraint.type === 'foreign')
    return [on(operation.table, 'SHARE ROW EXCLUSIVE'), ...onReferenced(operation.constraint, 'SHARE ROW EXCLUSIVE')];
  if (mode === undefined) return [];
  const tables = 'tables' in operation ? operation.tables : 'table' in operation ? [operation.table] : [];
  const rewrite = rewrites(operation, statement);
  return [
    ...tables.flatMap(table => (table ? [on(table, mode, rewrite)] : [])),
    ...onOthers(operation),
    ...onKeysThatGo(operation, statement),
  ];
}

/** What an operation locks besides its own table. */
function onOthers(operation: Operation): readonly LockData[] {
  if (operation.kind === 'drop table') return referencedBy(operation.table, exclusive);
  if (operation.kind === 'drop constraint') return onReferenced(operation.constraint, exclusive);
  if (operation.kind === 'validate constraint') return onReferenced(operation.constraint, 'ROW SHARE');
  if (operation.kind === 'drop column' || operation.kind === 'alter type') {
    const { table, column } = operation;
    return table.constraints
      .filter(({ columns }) => columns.includes(column.name))
      .flatMap(key => onReferenced(key, exclusive));
  }
  if (operation.kind === 'attach partition' || operation.kind === 'detach partition')
    return operation.partition ? [on(operation.partition, exclusive)] : [];
  if (operation.kind !== 'reindex' || operation.concurrently) return [];
  const indexes = operation.index ? [operation.index] : (operation.table?.indexes ?? []);
  return indexes.flatMap(index => onIndex(index, operation.table, exclusive));
}

/** Foreign keys of other tables that CASCADE takes along. */
function onKeysThatGo(operation: Operation, { before }: Statement): readonly LockData[] {
  if (!('dependents' in operation) || !operation.cascade) return [];
  const ids = new Set(operation.dependents.map(({ id }) => id));
  return before.tables
    .filter(({ constraints }) => constraints.some(({ type, id }) => type === 'foreign' && ids.has(id)))
    .map(table => on(table, exclusive));
}

function onIndex(index: PastObject | undefined, table: PastTable | undefined, mode: LockMode): readonly LockData[] {
  return index && table ? [{ table: table.path, index: index.name, mode, rewrite: false }] : [];
}

/** What nobody can tell, such as the TimeZone of the session, counts as a rewrite. */
function rewrites(operation: Operation, statement: Statement): boolean {
  if (operation.kind === 'add column') return rewriteByColumn(operation) !== undefined;
  if (operation.kind === 'alter type') return typeChangeOf(operation, statement)?.rewrites !== 'never';
  if (operation.kind === 'refresh') return !operation.concurrently;
  return rewriting.includes(operation.kind);
}

function on({ path }: PastTable, mode: LockMode, rewrite = false): LockData {
  return { table: path, index: null, mode, rewrite };
}

function referencedBy({ constraints }: PastTable, mode: LockMode): readonly LockData[] {
  return constraints.flatMap(constraint => onReferenced(constraint, mode));
}

function onReferenced(constraint: PastConstraint | undefined, mode: LockMode): readonly LockData[] {
  const table = constraint?.type === 'foreign' ? constraint.referencedTable : undefined;
  return table === undefined ? [] : [{ table, index: null, mode, rewrite: false }];
}

type ObjectChange = Operation & { readonly kind: 'create object' | 'drop object' };

function isObject(operation: Operation): operation is ObjectChange {
  return operation.kind === 'create object' || operation.kind === 'drop object';
}

/** Of a trigger or policy; what else there is locks no table. */
function objectMode(operation: ObjectChange): LockMode | undefined {
  const type = operation.kind === 'create object' ? operation.object.kind : operation.type;
  if (type === 'policy') return exclusive;
  if (type !== 'trigger') return undefined;
  return operation.kind === 'create object' ? 'SHARE ROW EXCLUSIVE' : exclusive;
}
