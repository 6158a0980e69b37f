import { defineRule, type CreateIndex, type Fix, type Migrations, type Statement } from '@migrate-lint/core';
import { removeStatement, sqlFix } from '../../edits.ts';
import { concurrently } from '../concurrent-sql.ts';
import { isNeededLater } from '../later-statements.ts';
import { locksOf } from '../lock-words.ts';
import { operationsOf, type OperationSubject } from '../operations.ts';
import { code } from '../places.ts';
import { isInUse } from '../tables-in-use.ts';

export default defineRule({
  id: 'migration/blocking-index',
  level: 'high',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'An index is built on a table in use, and nobody can write to the table meanwhile.',
    why: `\`CREATE INDEX\` holds a SHARE lock from its first row to its last: every INSERT, UPDATE and DELETE on the table waits until the index is
there, and the requests behind them with it. How long depends on the size of the table, which a migration does not know: nothing to
notice for a thousand rows, minutes for some ten million. \`CREATE INDEX CONCURRENTLY\` reads the table twice, blocks nobody, and has to be
the only statement of its migration, because Postgres refuses it in a transaction. If it fails it leaves an invalid index behind, which
has to be dropped before the next try. If the transaction has altered the table before, its lock is held as well, and reads wait too.
Production stops while writes wait, so the level is high.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "email" text NOT NULL);
-- 2_find_by_email/migration.sql
CREATE INDEX "orders_email_idx" ON "orders"("email");`,
    good: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "email" text NOT NULL);
-- 2_find_by_email/migration.sql
CREATE INDEX CONCURRENTLY "orders_email_idx" ON "orders"("email");`,
    guards: [
      'A table that the same migration makes or needs empty (`migration/required-column`), or one that is deployed together with it, has no rows yet; temporary tables and materialized views block no writes.',
      'That ends where the migration has copied rows into the table, attached it to one that was there (ATTACH PARTITION, INHERIT) and committed that: others write to it then. A file that is one transaction (Prisma up to 7.3, BEGIN) keeps it to itself.',
      'IF NOT EXISTS of a name that is there: Postgres does nothing.',
      'A partitioned table: `migration/partitioned-index`.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => operationsOf(migrations, ['create index']),
  check: (subject, { postgresMigrations: migrations }) => {
    const { operation, statement } = subject;
    const { index, table, concurrently: isOnline, ifNotExists, existing, conditional, span } = operation;
    if (isOnline || (ifNotExists && existing) || table.kind !== 'table' || !isInUse(subject, migrations))
      return undefined;
    const locking = lockedBy(subject);
    const how = locking
      ? `prolongs the ACCESS EXCLUSIVE lock that its transaction has taken on ${code(table.path)} before, which blocks every read and write`
      : `takes a SHARE lock on ${code(table.path)}, which blocks every write`;
    return {
      span,
      message: `Building the index ${code(index.name)} ${how} to the table until all of it is read.`,
      related: locking ? [{ message: 'takes the lock, and holds it to the end', span: locking.span }] : undefined,
      fix: fixOf(operation, statement, migrations),
      // Whether the block gets there is decided by conditions that nobody evaluates here.
      level: conditional ? 'medium' : undefined,
    };
  },
});

/** The statement before it in its transaction after which nobody can read the table. */
function lockedBy({ operation: { table }, statement }: OperationSubject<'create index'>): Statement | undefined {
  const { statements } = statement.migration;
  return statements
    .slice(0, statements.indexOf(statement))
    .filter(({ transaction }) => transaction === statement.transaction)
    .find(other =>
      other.operations
        .flatMap(each => locksOf(each, other))
        .some(lock => lock.mode === 'ACCESS EXCLUSIVE' && lock.table.id === table.id),
    );
}

function fixOf(operation: CreateIndex, statement: Statement, migrations: Migrations): Fix {
  const { index, conditional } = operation;
  const title = `Build ${code(index.name)} with CREATE INDEX CONCURRENTLY in a migration of its own`;
  const sql = conditional ? undefined : concurrently(statement.sql);
  if (sql === undefined || isNeededLater(operation, statement, migrations)) return { title, safety: 'unsafe' };
  return { ...sqlFix(title, 'unsafe', [{ phase: 'create index', sql }]), edits: removeStatement(statement) };
}
