import { defineRule, flatMap, type Migrations, type Statement } from '@migrate-lint/core';
import { lockingOf, transactionsOf, unreadable } from '../changeable.ts';
import { code } from '../places.ts';
import { isInUse } from '../tables-in-use.ts';

export default defineRule({
  id: 'migration/schema-and-data-mixed',
  level: 'medium',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'Rows are written in bulk while the same transaction holds a table locked.',
    why: `An ALTER TABLE takes its ACCESS EXCLUSIVE lock for a moment, but the lock is held until the transaction ends, and an UPDATE of many rows in
the same transaction makes that moment as long as the UPDATE takes: nobody reads the table meanwhile. What stands between BEGIN and COMMIT is one
transaction, and up to Prisma 7.3 a whole migration is. Put the change of the schema and that of the data into two migrations; then only writers
of the same rows wait. How many rows there are is not known here, so the level is medium.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "email" text NOT NULL);
-- 2_domain/migration.sql
BEGIN;
ALTER TABLE "orders" ADD COLUMN "domain" text;
UPDATE "orders" SET "domain" = split_part("email", '@', 2);
COMMIT;`,
    good: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "email" text NOT NULL);
-- 2_domain/migration.sql
ALTER TABLE "orders" ADD COLUMN "domain" text;
-- 3_fill_domain/migration.sql
UPDATE "orders" SET "domain" = split_part("email", '@', 2);`,
    guards: [
      'INSERT of rows that stand in the file, and a condition that may hold for a few rows only.',
      'Tables that the same migration makes.',
      'Since Prisma 7.4 each statement of a file is a transaction of its own, unless the file says BEGIN; where nothing tells the version, that is assumed.',
      'Writes before the first lock: the rows are done with when it comes.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => transactionsOf(migrations),
  check: ({ statements }, { postgresMigrations: migrations }) => {
    const locks = lockingOf(statements, migrations);
    for (const { operation, statement } of bulkWrites(migrations, statements)) {
      const held = locks.find(
        each =>
          unreadable(each) && each.operation.kind !== 'truncate' && isBefore(each.statement, statement, statements),
      );
      const lock = held && unreadable(held);
      const [written] = operation.tables;
      if (!lock || !written) continue;
      return {
        span: operation.span,
        message: `The transaction still holds its ACCESS EXCLUSIVE lock on ${code(lock.table.path)} while all rows of ${code(written.path)} are written, so nobody reads ${code(lock.table.path)} until that is done.`,
        related: [{ message: `${code(lock.table.path)} is locked from here on.`, span: held.operation.span }],
        fix: { title: 'Put the data into a migration of its own', safety: 'unsafe' },
      };
    }
    return undefined;
  },
});

/** The UPDATEs and DELETEs of all rows of a table in use. */
function bulkWrites(migrations: Migrations, statements: readonly Statement[]) {
  return flatMap(statements, statement =>
    flatMap(statement.operations, operation => {
      if (operation.kind !== 'update' && operation.kind !== 'delete') return [];
      const [table] = operation.tables;
      const isBulk = operation.everyRow || /\bIS\s+NULL\b/i.test(operation.where ?? '');
      if (!table || !isBulk || operation.conditional || operation.batched) return [];
      return isInUse({ operation: { ...operation, table }, statement }, migrations) ? [{ operation, statement }] : [];
    }),
  );
}

function isBefore(one: Statement, other: Statement, statements: readonly Statement[]): boolean {
  return statements.indexOf(one) < statements.indexOf(other);
}
