import { defineRule } from '@migrate-lint/core';
import { changeableMigrations, lockable } from '../changeable.ts';
import { outsideTransactions } from '../outside-transactions.ts';
import { code } from '../places.ts';
import { isInUse } from '../tables-in-use.ts';
import { hasTimeout, setTimeoutFirst } from '../timeouts.ts';
import { labourOf } from '../work-words.ts';

export default defineRule({
  id: 'migration/missing-statement-timeout',
  level: 'medium',
  category: 'migrations',
  optIn: true,
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A statement reads or writes all rows of a table under a lock, and nothing limits how long.',
    why: `How long a scan, an index or a rewrite takes is known when it is over. Without \`statement_timeout\` it goes on, and with it the lock that it
holds, until somebody finds the process and ends it. With a limit the migration fails, the lock goes, and production goes on. The right
limit depends on the size of the tables and on how long clients may wait, so the rule is for projects that have decided to have one. It
is said once for each file.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "User" ("id" integer PRIMARY KEY, "email" text);
-- 2_email/migration.sql
ALTER TABLE "User" ALTER COLUMN "email" SET NOT NULL;`,
    good: `-- 1_init/migration.sql
CREATE TABLE "User" ("id" integer PRIMARY KEY, "email" text);
-- 2_email/migration.sql
SET statement_timeout = '5min';

ALTER TABLE "User" ALTER COLUMN "email" SET NOT NULL;`,
    guards: [
      'Tables that the same migration makes, and temporary ones.',
      'Statements that take a moment whatever the size of the table.',
      'An earlier migration sets it for the role or the database.',
      'What stands in a DO block, and statements that must be alone in their file (CONCURRENTLY, VACUUM FULL).',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => changeableMigrations(migrations),
  check: (migration, { postgresMigrations: migrations }) => {
    const works = migration.statements.flatMap(statement =>
      statement.operations.flatMap(operation => {
        const labour = operation.conditional ? undefined : labourOf(operation, statement);
        return labour ? [{ operation, statement, table: labour.table }] : [];
      }),
    );
    const found = works.find(
      ({ operation, statement, table }) =>
        !outsideTransactions(operation) &&
        isInUse({ operation: { table, existedBefore: true }, statement }, migrations, lockable) &&
        !hasTimeout('statement_timeout', statement, migrations),
    );
    if (!found) return undefined;
    return {
      span: found.operation.span,
      message: `This goes through all rows of ${code(found.table.path)} under a lock, and no \`statement_timeout\` limits how long.`,
      fix: {
        title: `Set \`statement_timeout\` at the top of ${code(migration.name)}`,
        safety: 'unsafe',
        edits: setTimeoutFirst('statement_timeout', '5min', migration),
      },
    };
  },
});
