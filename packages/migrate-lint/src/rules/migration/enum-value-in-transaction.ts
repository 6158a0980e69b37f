import { defineRule } from '@migrate-lint/core';
import { usesValue } from '../enum-use.ts';
import { operationsOf } from '../operations.ts';
import { code } from '../places.ts';

export default defineRule({
  id: 'migration/enum-value-in-transaction',
  level: 'critical',
  category: 'migrations',
  outdoes: ['history/replay-failure'],
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A value is added to an enum and used in the same transaction, which Postgres refuses.',
    why: `A value that \`ALTER TYPE … ADD VALUE\` adds can be used when its transaction is committed and not before: “unsafe use of new value”,
SQLSTATE 55P04. A default, a CHECK, the predicate of an index, an UPDATE and an INSERT use it. What stands between BEGIN and COMMIT is one
transaction, and up to Prisma 7.3 a whole migration is. Put the ADD VALUE into a migration of its own, before the one that uses it; that works
with every version. The deployment fails, so the level is critical.`,
    bad: `-- 1_init/migration.sql
CREATE TYPE "Role" AS ENUM ('USER');
CREATE TABLE "User" ("id" integer PRIMARY KEY, "role" "Role" NOT NULL DEFAULT 'USER');
-- 2_guests/migration.sql
BEGIN;
ALTER TYPE "Role" ADD VALUE 'GUEST';
ALTER TABLE "User" ALTER COLUMN "role" SET DEFAULT 'GUEST';
COMMIT;`,
    good: `-- 1_init/migration.sql
CREATE TYPE "Role" AS ENUM ('USER');
CREATE TABLE "User" ("id" integer PRIMARY KEY, "role" "Role" NOT NULL DEFAULT 'USER');
-- 2_guests/migration.sql
ALTER TYPE "Role" ADD VALUE 'GUEST';
-- 3_guests_by_default/migration.sql
ALTER TABLE "User" ALTER COLUMN "role" SET DEFAULT 'GUEST';`,
    guards: [
      'The same text in a column that is not of the enum, in a comment, or in the body of a PL/pgSQL function, which is not run.',
      'An enum that the same transaction makes: Postgres 18 allows it (15 does not), and nobody writes that.',
      'Since Prisma 7.4 each statement of a file is a transaction of its own, unless the file says BEGIN; where nothing tells the version, that is assumed.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => operationsOf(migrations, ['add enum value']),
  check: ({ operation, statement }) => {
    const { statements } = statement.migration;
    const { createdBy } = operation.enum;
    if (createdBy?.migration === statement.migration && createdBy.transaction === statement.transaction)
      return undefined;
    const use = statements
      .slice(statements.indexOf(statement) + 1)
      .find(later => later.transaction === statement.transaction && usesValue(later, operation.enum, operation.value));
    if (!use) return undefined;
    return {
      span: use.span,
      message: `The value ${code(operation.value)} of the enum ${code(operation.enum.path)} is used in the transaction that adds it, which Postgres refuses.`,
      related: [{ message: 'Added here.', span: operation.span }],
      fix: { title: `Add ${code(operation.value)} in a migration of its own, before this one`, safety: 'unsafe' },
    };
  },
});
