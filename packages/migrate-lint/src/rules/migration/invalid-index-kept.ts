import { defineRule, type CreateIndex, type Migration, type Statement } from '@migrate-lint/core';
import { rewriteStatement } from '../../edits.ts';
import { concurrently, plainly } from '../concurrent-sql.ts';
import { operationsOf } from '../operations.ts';
import { failsInTransaction } from '../outside-transactions.ts';
import { code } from '../places.ts';
import { speaksOf } from '../same-migration.ts';
import { isInUse } from '../tables-in-use.ts';

export default defineRule({
  id: 'migration/invalid-index-kept',
  level: 'medium',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A second run after a failure keeps the invalid index that the first one left, and says that all is well.',
    why: `A \`CREATE INDEX CONCURRENTLY\` that fails (a duplicate, a deadlock, a timeout, a deploy that was stopped) leaves an index that is written and
never read; of a unique one nothing is promised. With \`IF NOT EXISTS\` the next try finds the name taken, does nothing and succeeds: the
migration counts as applied, and the queries still read the whole table. Without \`IF NOT EXISTS\` the next try says what is in the way;
with a \`DROP INDEX CONCURRENTLY IF EXISTS\` in the migration before, it mends it. It needs a failure first, so the level is medium.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "email" text NOT NULL);
-- 2_find_by_email/migration.sql
CREATE INDEX CONCURRENTLY IF NOT EXISTS "orders_email_idx" ON "orders"("email");`,
    good: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "email" text NOT NULL);
-- 2_drop_what_failed/migration.sql
DROP INDEX CONCURRENTLY IF EXISTS "orders_email_idx";
-- 3_find_by_email/migration.sql
CREATE INDEX CONCURRENTLY IF NOT EXISTS "orders_email_idx" ON "orders"("email");`,
    guards: [
      'An index of this name is dropped in the same migration or in the one before.',
      'A table that the same migration makes or needs empty (`migration/required-column`), or one that is deployed together with it: there is no row that could make it fail.',
      'One that fails because of its transaction: `migration/concurrently-in-transaction`.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) =>
    operationsOf(migrations, ['create index']).filter(
      ({ operation }) => operation.concurrently && operation.ifNotExists,
    ),
  check: (subject, { postgresMigrations: migrations }) => {
    const { operation, statement } = subject;
    if (!isInUse(subject, migrations) || operation.existing || failsInTransaction(operation, statement, migrations))
      return undefined;
    if (isDroppedBefore(operation, statement, migrations.migrations)) return undefined;
    const { index, span } = operation;
    const plain = plainly(statement.sql);
    const sql = plain === undefined ? undefined : concurrently(plain);
    return {
      span,
      message: `When building ${code(index.name)} fails it leaves an invalid index, which IF NOT EXISTS takes for the real one at the next try, so the migration succeeds without the index.`,
      fix: {
        title: 'Leave out IF NOT EXISTS, so that the next try says what is in the way',
        safety: 'unsafe',
        edits: sql !== undefined ? rewriteStatement(statement, sql) : undefined,
      },
    };
  },
});

/** Read off the text: of an index that is not there, as far as the history tells, DROP INDEX IF EXISTS does nothing. */
function isDroppedBefore({ index }: CreateIndex, statement: Statement, all: readonly Migration[]): boolean {
  const at = all.indexOf(statement.migration);
  return all
    .slice(Math.max(0, at - 1), at + 1)
    .flatMap(({ syntaxError, statements }) => (syntaxError ? [] : statements))
    .some(({ sql }) => /^DROP\s+INDEX\b/i.test(sql) && speaksOf(sql, index.name));
}
