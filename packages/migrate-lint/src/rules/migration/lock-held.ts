import { defineRule, firstOf, type ConstraintChange, type Operation } from '@migrate-lint/core';
import { lockingOf, transactionsOf, unreadable, type Locking } from '../changeable.ts';
import { outsideTransactions } from '../outside-transactions.ts';
import { code } from '../places.ts';
import { labourOf, type Labour } from '../work-words.ts';

export default defineRule({
  id: 'migration/lock-held',
  level: 'medium',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A transaction that has locked one table against reads and writes goes through all rows of another.',
    why: `A lock is held until its transaction ends, so an ALTER TABLE that takes a moment blocks its table for as long as whatever comes after
it: an index on a big table, a scan, the validation of a constraint. Clients of the small table wait for work that is not about it. What stands
between BEGIN and COMMIT is one transaction, and up to Prisma 7.3 a whole migration is. Put the long statement into a migration of its own.
How long it takes depends on the size of the tables, and the statement itself may be fine, so the level is medium, and it is said once for
each transaction.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "User" ("id" integer PRIMARY KEY);
CREATE TABLE "Event" ("id" integer PRIMARY KEY, "at" timestamptz NOT NULL);
-- 2_find_events/migration.sql
BEGIN;
ALTER TABLE "User" ADD COLUMN "nickname" text;
CREATE INDEX "Event_at_idx" ON "Event"("at");
COMMIT;`,
    good: `-- 1_init/migration.sql
CREATE TABLE "User" ("id" integer PRIMARY KEY);
CREATE TABLE "Event" ("id" integer PRIMARY KEY, "at" timestamptz NOT NULL);
-- 2_nickname/migration.sql
ALTER TABLE "User" ADD COLUMN "nickname" text;
-- 3_find_events/migration.sql
CREATE INDEX CONCURRENTLY "Event_at_idx" ON "Event"("at");`,
    guards: [
      'Work on the very table that is locked: its own rule (`migration/blocking-index`, `migration/foreign-key-scan` and their like) speaks of it; but VALIDATE CONSTRAINT has none.',
      'Writes in bulk under the lock: `migration/schema-and-data-mixed`.',
      'Tables that the same migration makes, a lock on a table that it drops, and what stands in a DO block.',
      'Since Prisma 7.4 each statement of a file is a transaction of its own, unless the file says BEGIN; where nothing tells the version, that is assumed.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => transactionsOf(migrations),
  check: ({ statements }, { postgresMigrations: migrations }) => {
    const all = lockingOf(statements, migrations);
    return firstOf(all, ({ operation, statement }, at) => {
      const labour = labourOf(operation, statement);
      const held = labour && all.slice(0, at).find(earlier => isInTheWay(earlier, operation, labour));
      const lock = held && unreadable(held);
      if (!lock) return undefined;
      return {
        span: operation.span,
        message: `The transaction still holds its ACCESS EXCLUSIVE lock on ${code(lock.table.path)} while ${doing(labour)}, so all reads and writes of ${code(lock.table.path)} wait for it.`,
        related: [{ message: `${code(lock.table.path)} is locked from here on.`, span: held.operation.span }],
        fix: { title: 'Put it into a migration of its own', safety: 'unsafe' as const },
      };
    });
  },
});

/** Whether an earlier lock makes others wait for this work who would not wait for it otherwise, nor have another rule say so. */
function isInTheWay(earlier: Locking, operation: Operation, { table }: Labour): boolean {
  const lock = unreadable(earlier);
  // Postgres refuses that anyway.
  if (outsideTransactions(operation)) return false;
  if (!lock || earlier.operation.kind === 'drop table') return false;
  if (lock.table.path !== table.path) return true;
  return operation.kind === 'validate constraint' && !isOfSameConstraint(earlier.operation, operation);
}

/** NOT VALID and VALIDATE of one constraint: `migration/validate-in-same-transaction`. */
function isOfSameConstraint(earlier: Operation, validation: ConstraintChange): boolean {
  return earlier.kind === 'add constraint' && earlier.constraint.name === validation.name;
}

function doing({ work, table }: Labour): string {
  const rows = code(table.path);
  if (work === 'build') return `an index on ${rows} is built`;
  return work === 'scan' ? `all rows of ${rows} are read` : `all of ${rows} is written anew`;
}
