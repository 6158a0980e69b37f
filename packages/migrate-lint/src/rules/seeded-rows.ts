import type { Operation, PastColumn, PastTable, Statement, Write } from '@migrate-lint/core';
import { isBuiltIn } from './casts.ts';
import { earlierWrites, isNull, writesColumn } from './column-values.ts';
import { addedBy } from './migration-start.ts';
import { isNeverNull } from './never-null.ts';
import { isOfPostgres } from './other-databases.ts';
import { enumOf } from './past-enums.ts';
import { migrationOf, type Done } from './same-migration.ts';
import { typeName } from './type-names.ts';

/** Rows that one INSERT of the migration has put into a table for certain, and that are there still. */
export interface Seed {
  /** How many there are, at the least. */
  readonly rows: number;
  /** What all of them hold in a column: NULL, one value, or what is not known here. */
  held(column: string): Held;
}

type Held = 'null' | 'same' | undefined;

/** The rows that the migration itself inserts before a statement: what fails on them fails in every database. */
export function seedsOf(table: PastTable, statement: Statement): readonly Seed[] {
  const writes = earlierWrites(table, statement);
  if (!isOfPostgres(statement) || table.open || !writes.some(isCertain)) return [];
  const done = doneUntil(statement);
  const order = new Map(done.map(({ operation }, at) => [operation, at]));
  const from = Math.max(lastTouch(done, table), lastCall(done, statement));
  const columns = new Map<string, Column | undefined>();
  return writes.flatMap(write => {
    const at = order.get(write) ?? -1;
    const then = write.tables.find(({ id }) => id === table.id);
    // A trigger may write what the INSERT does not.
    if (!isCertain(write) || at < from || !then || then.open || then.triggers.length > 0) return [];
    const mayConflict = upserts.test(done[at]?.statement.sql ?? '');
    if (mayConflict && !(write === writes[0] && isNewAndEmpty(table, statement))) return [];
    const held = (name: string): Held => {
      if (!columns.has(name)) columns.set(name, columnNamed(name, table, statement, done));
      const column = columns.get(name);
      return column && at > column.written ? heldBy(write, then, column) : undefined;
    };
    return [{ rows: mayConflict ? 1 : (write.rows ?? 0), held }];
  });
}

/** Whether rows that the migration inserts hold NULL in a column when the statement comes to it, for certain. */
export function isSeededWithNull(column: string, table: PastTable, statement: Statement): boolean {
  return !isNeverNull(table, column) && seedsOf(table, statement).some(({ held }) => held(column) === 'null');
}

const upserts = /\bON\s+CONFLICT\b/i;

function isCertain({ kind, rows = 0, conditional }: Write): boolean {
  return kind === 'insert' && rows > 0 && !conditional;
}

/** Whether the migration makes the table, and without rows: then the first row is no duplicate. */
function isNewAndEmpty({ createdBy, temporary }: PastTable, { migration }: Statement): boolean {
  const asQuery = createdBy?.operations.some(operation => operation.kind === 'create table' && operation.asQuery);
  return createdBy?.migration === migration && !temporary && asQuery === false;
}

/** What the migration does, to the end of the statement. */
function doneUntil(statement: Statement): readonly Done[] {
  const all = migrationOf(statement);
  return all.slice(0, all.findLastIndex(({ statement: by }) => by.span.start <= statement.span.start) + 1);
}

/** The last operation by which rows may have gone, or have been written by what nobody reads here. */
function lastTouch(done: readonly Done[], table: PastTable): number {
  return done.findLastIndex(({ operation, statement }) => {
    if (['delete', 'truncate', 'merge', 'rollback', 'block'].includes(operation.kind)) return true;
    const isOfTable = operation.kind === 'insert' && operation.tables.some(({ id }) => id === table.id);
    return isOfTable && upserts.test(statement.sql);
  });
}

/** The first operation that is not before a call of a function, which may write rows. */
function lastCall(done: readonly Done[], { migration, span }: Statement): number {
  const call = migration.statements.findLast(
    ({ sql, operations, span: { start } }) =>
      start < span.start &&
      /^(?:SELECT|CALL|EXECUTE|WITH)\b/i.test(sql) &&
      !operations.some(({ kind }) => kind === 'set sequence'),
  );
  if (!call) return 0;
  const first = done.findIndex(({ statement }) => statement.span.start >= call.span.start);
  return first === -1 ? done.length : first;
}

interface Column {
  readonly now: PastColumn;
  /** As the migration adds it, for certain. */
  readonly added: PastColumn | undefined;
  /** Where it was written last, in all rows or some. */
  readonly written: number;
}

function columnNamed(name: string, table: PastTable, statement: Statement, done: readonly Done[]): Column | undefined {
  const now = table.column(name) ?? addedBy(name, table, statement);
  if (!now || !isPlain(now, statement)) return undefined;
  const [added] = done.flatMap(({ operation }) =>
    operation.kind === 'add column' && operation.column.id === now.id && !operation.conditional
      ? [operation.column]
      : [],
  );
  return {
    now,
    added,
    written: done.findLastIndex(({ operation }) => writes(operation, now, table)),
  };
}

function writes(operation: Operation, column: PastColumn, table: PastTable): boolean {
  if (operation.kind === 'alter type') return operation.column.id === column.id && operation.using !== undefined;
  return operation.kind === 'update' && writesColumn(operation, column, table);
}

/** A domain may have a default of its own. */
function isPlain({ type }: PastColumn, { before }: Statement): boolean {
  return type !== undefined && (isBuiltIn(typeName(type).base) || enumOf(before, type) !== undefined);
}

function heldBy(write: Write, then: PastTable, { now, added }: Column): Held {
  const old = then.columns.find(({ id }) => id === now.id);
  if (old && write.columns.includes(old.name)) return undefined;
  const given = old ?? added;
  if (!given || given.serial || given.identity || given.generated) return undefined;
  if (!given.default || isNull(given.default.sql)) return 'null';
  const { volatility } = given.default;
  return volatility === 'constant' || volatility === 'stable' ? 'same' : undefined;
}
