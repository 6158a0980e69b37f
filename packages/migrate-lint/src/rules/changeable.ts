import {
  flatMap,
  groupBy,
  rememberedFor,
  type Migration,
  type Migrations,
  type Operation,
  type PastObject,
  type PastTable,
  type Statement,
} from '@migrate-lint/core';
import { expectAppliedKnown } from './deployed.ts';
import { locksOf, type TableLock } from './lock-words.ts';
import { isInUse } from './tables-in-use.ts';

/**
 * The migrations that can be changed still, as subjects: what is applied has taken its locks. Throws `FactUnavailable` where nobody can tell which
 * are.
 */
export function changeableMigrations(history: Migrations): readonly Migration[] {
  return changeable(history).migrations;
}

const changeable = rememberedFor((history: Migrations) => {
  expectAppliedKnown(history);
  const migrations = history.migrations.filter(({ applied, syntaxError }) => applied === undefined && !syntaxError);
  return { migrations, statements: flatMap(migrations, ({ statements }) => statements) };
});

/** The statements of these migrations. */
export function changeableStatements(history: Migrations): readonly Statement[] {
  return changeable(history).statements;
}

/** Several statements of a migration that are one transaction. */
export interface TransactionSubject {
  /** That of its first statement. */
  readonly path: string;
  readonly statements: readonly Statement[];
}

/** The transactions of more than one statement, of migrations that can be changed still. */
export function transactionsOf(migrations: Migrations): readonly TransactionSubject[] {
  return flatMap(changeableMigrations(migrations), ({ statements }) => {
    const byNumber = groupBy(statements, ({ transaction }) => transaction);
    return flatMap([...byNumber.values()], together => {
      const path = together[0]?.path;
      return path !== undefined && together.length > 1 ? [{ path, statements: together }] : [];
    });
  });
}

/** What clients wait for while it is locked. */
export const lockable: readonly PastObject['kind'][] = ['table', 'partitioned table', 'materialized view'];

/** An operation that is sure to run, with the locks that it takes on tables in use. */
export interface Locking {
  readonly operation: Operation;
  readonly statement: Statement;
  readonly locks: readonly TableLock[];
}

const lockingIn = rememberedFor((migrations: Migrations) =>
  rememberedFor((statement: Statement) => read(statement, migrations)),
);

/** What statements do to tables in use, in their order. What stands in a DO block may not come to it, and is left out. */
export function lockingOf(statements: readonly Statement[], migrations: Migrations): readonly Locking[] {
  return flatMap(statements, lockingIn(migrations));
}

function read(statement: Statement, migrations: Migrations): readonly Locking[] {
  return flatMap(statement.operations, operation => {
    if (operation.conditional) return [];
    const locks = locksOf(operation, statement).filter(lock =>
      isInUse({ operation: lock, statement }, migrations, lockable),
    );
    return locks.length === 0 ? [] : [{ operation, statement, locks }];
  });
}

/**
 * Whether the transaction of a statement has already stopped the reads of a table that the operation locks for writes only: then what takes
 * long stops the reads too.
 */
export function stopsReadsToo(table: PastTable, statement: Statement, migrations: Migrations): boolean {
  const { statements } = statement.migration;
  const before = statements
    .slice(0, statements.indexOf(statement))
    .filter(({ transaction }) => transaction === statement.transaction);
  return lockingOf(before, migrations).some(({ locks }) =>
    locks.some(lock => lock.mode === 'ACCESS EXCLUSIVE' && lock.table.id === table.id),
  );
}

/** The table that nobody can read while the operation holds its lock, if there is one. */
export function unreadable({ locks }: Locking): TableLock | undefined {
  return locks.find(({ mode }) => mode === 'ACCESS EXCLUSIVE');
}
