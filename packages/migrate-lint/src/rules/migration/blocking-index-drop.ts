import { defineRule, type Fix, type IndexChange, type Statement } from '@migrate-lint/core';
import { removeStatement, sqlFix } from '../../edits.ts';
import { concurrently } from '../concurrent-sql.ts';
import { isTiedLater } from '../later-statements.ts';
import { locksOf } from '../lock-words.ts';
import { operationsOf, type OperationSubject } from '../operations.ts';
import { code } from '../places.ts';
import { isInUse } from '../tables-in-use.ts';
import { hasTimeout } from '../timeouts.ts';

export default defineRule({
  id: 'migration/blocking-index-drop',
  level: 'low',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary:
      'An index is dropped in a way that waits for every query on its table, and lets all that come later wait behind it.',
    why: `\`DROP INDEX\` wants an ACCESS EXCLUSIVE lock on the table. It holds it for a moment only, but it has to wait for every query that runs, and
all queries that come after it wait in line behind: one report of ten minutes, and the table cannot be read for ten minutes. A
\`lock_timeout\` keeps that short, and \`DROP INDEX CONCURRENTLY\` does without. That one has to be the only statement of its migration. The
lock is short where no long query runs, so the level is low.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "email" text NOT NULL);
CREATE INDEX "orders_email_idx" ON "orders"("email");
-- 2_drop_index/migration.sql
DROP INDEX "orders_email_idx";`,
    good: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "email" text NOT NULL);
CREATE INDEX "orders_email_idx" ON "orders"("email");
-- 2_drop_index/migration.sql
DROP INDEX CONCURRENTLY "orders_email_idx";`,
    guards: [
      'A migration that alters or drops the table as well needs the same lock for that, whatever happens to the index.',
      'A `lock_timeout` that is set before it: then nothing waits for long.',
      'An index or table that the same migration makes, or one that is deployed together with it.',
      'IF EXISTS of an index that is not there, and the index of a constraint, which Postgres does not drop.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => operationsOf(migrations, ['drop index']),
  check: (subject, { postgresMigrations: migrations }) => {
    const { operation, statement } = subject;
    const { index, table, name, concurrently: isOnline, conditional, span } = operation;
    if (isOnline || conditional || !index || index.constraint || index.createdBy?.migration === statement.migration)
      return undefined;
    if (!isInUse(subject, migrations) || isLockedAnyway(subject) || hasTimeout('lock_timeout', statement, migrations))
      return undefined;
    return {
      span,
      message: `Dropping the index ${code(name)} takes an ACCESS EXCLUSIVE lock on ${code(table?.path ?? index.table)}, for which it waits until every running query on the table has ended, while all reads and writes that come later wait behind it.`,
      fix: fixOf(operation, statement, isTiedLater(index, statement, migrations)),
    };
  },
});

/** Whether another statement of the migration takes ACCESS EXCLUSIVE on the table, whatever happens to the index. */
function isLockedAnyway({ operation, statement }: OperationSubject<'drop index'>): boolean {
  const path = operation.table?.path ?? operation.index?.table;
  return statement.migration.statements.some(other =>
    other.operations.some(
      each =>
        each.kind !== 'drop index' &&
        locksOf(each, other).some(({ table, mode }) => table.path === path && mode === 'ACCESS EXCLUSIVE'),
    ),
  );
}

function fixOf({ name, cascade, table }: IndexChange, statement: Statement, isTied: boolean): Fix {
  if (table?.kind === 'partitioned table')
    return {
      title: 'Set a lock_timeout before it: Postgres drops no partitioned index concurrently',
      safety: 'unsafe',
    };
  const title = `Drop ${code(name)} with DROP INDEX CONCURRENTLY in a migration of its own`;
  const sql = cascade || isTied || statement.operations.length > 1 ? undefined : concurrently(statement.sql);
  if (sql === undefined) return { title, safety: 'unsafe' };
  return { ...sqlFix(title, 'unsafe', [{ phase: 'drop index', sql }]), edits: removeStatement(statement) };
}
