import { defineRule, type Statement } from '@migrate-lint/core';
import { operationsOf } from '../operations.ts';
import { failsInTransaction, outsideTransactions } from '../outside-transactions.ts';
import { code } from '../places.ts';
import { runsAgain } from '../rerunnable.ts';

const kinds = [
  'create index',
  'drop index',
  'reindex',
  'detach partition',
  'vacuum',
  'vacuum full',
  'cluster',
  'other',
] as const;
export default defineRule({
  id: 'migration/mixed-nontransactional',
  level: 'medium',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A statement that cannot be in a transaction stands in one file with others.',
    why: `Since Prisma 7.4 each statement of a migration is a transaction of its own, so \`CREATE INDEX CONCURRENTLY\` may stand beside others. It often
fails: a duplicate, a deadlock, a deploy that is cancelled. Then what stands above it is done and what stands below it is not, Prisma marks the
whole file as failed, and running it again stops at its first line. Alone in its migration it can be dropped and tried again. With an
older Prisma, as on the machine of a colleague or in an older image, the file fails from the start. The level is medium, for it is about the day on which
something goes wrong.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "email" text NOT NULL);
-- 2_notes/migration.sql
ALTER TABLE "orders" ADD COLUMN "note" text;
CREATE INDEX CONCURRENTLY "orders_email_idx" ON "orders"("email");`,
    good: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "email" text NOT NULL);
-- 2_notes/migration.sql
ALTER TABLE "orders" ADD COLUMN "note" text;
-- 3_find_by_email/migration.sql
CREATE INDEX CONCURRENTLY "orders_email_idx" ON "orders"("email");`,
    guards: [
      'A file that fails anyway, because it is one transaction: `migration/concurrently-in-transaction`.',
      'Others that may run a second time: SET, VACUUM, REINDEX, what says IF [NOT] EXISTS, or is dropped with IF EXISTS before it is made.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) =>
    operationsOf(migrations, kinds).filter(({ operation }) => outsideTransactions(operation) !== undefined),
  check: ({ operation, statement }, { postgresMigrations: migrations }) => {
    if (failsInTransaction(operation, statement, migrations)) return undefined;
    const { statements, name } = statement.migration;
    const [first] = statements.filter(other => other !== statement && !runsAgain(other));
    // One finding a file: the first of its kind speaks for all.
    if (!first || statements.find(isOutside) !== statement) return undefined;
    return {
      span: operation.span,
      message: `${code(name)} does something else besides ${outsideTransactions(operation) ?? ''}, so when one of them fails the file is half done and cannot run again.`,
      related: [{ message: 'What else it does.', span: first.span }],
      fix: { title: 'Put it into a migration of its own', safety: 'unsafe' },
    };
  },
});

function isOutside({ operations }: Statement): boolean {
  return operations.some(operation => outsideTransactions(operation) !== undefined);
}
