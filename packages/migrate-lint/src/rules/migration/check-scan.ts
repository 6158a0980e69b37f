import { defineRule } from '@migrate-lint/core';
import { notValidFirst } from '../not-valid.ts';
import { operationsOf } from '../operations.ts';
import { code } from '../places.ts';
import { rewritesTable } from '../table-rewrites.ts';
import { isInUse } from '../tables-in-use.ts';
import { workOfConstraint } from '../work-words.ts';

export default defineRule({
  id: 'migration/check-scan',
  level: 'high',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary:
      'A CHECK is added to a table in use and tried on all rows at once, and nobody can read the table meanwhile.',
    why: `\`ADD CONSTRAINT … CHECK\` holds an ACCESS EXCLUSIVE lock while it reads every row: every query on the table waits, a plain SELECT too. How
long depends on the size of the table, which a migration does not know: nothing to notice for a thousand rows, a minute and more for some ten
million. With \`NOT VALID\` it takes a moment, and each row that is written from then on is checked. \`VALIDATE CONSTRAINT\` in a later migration
reads the old rows and blocks neither reads nor writes. In the same transaction it would gain nothing. Production stops while
queries wait, so the level is high.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "total" numeric(19,4) NOT NULL);
-- 2_no_negative_total/migration.sql
ALTER TABLE "orders" ADD CONSTRAINT "orders_total_check" CHECK ("total" >= 0);`,
    good: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "total" numeric(19,4) NOT NULL);
-- 2_no_negative_total/migration.sql
ALTER TABLE "orders" ADD CONSTRAINT "orders_total_check" CHECK ("total" >= 0) NOT VALID;
-- 3_no_negative_total_validate/migration.sql
ALTER TABLE "orders" VALIDATE CONSTRAINT "orders_total_check";`,
    guards: [
      'A table that the same migration makes has no rows.',
      'The same statement writes the table anew, which tries the CHECK on the way: `migration/type-rewrite` and its like.',
      'NOT VALID and VALIDATE in one transaction: `migration/validate-in-same-transaction`.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) =>
    operationsOf(migrations, ['add constraint']).filter(({ operation }) => operation.constraint.type === 'check'),
  check: (subject, { postgresMigrations: migrations }) => {
    const { operation, statement } = subject;
    const { constraint, table, span, conditional } = operation;
    if (!isInUse(subject, migrations) || !workOfConstraint(operation, statement)) return undefined;
    if (rewritesTable(statement)) return undefined;
    return {
      span,
      message: `Adding the CHECK ${code(constraint.name)} takes an ACCESS EXCLUSIVE lock on ${code(table.path)}, which blocks reads and writes until all its rows are checked.`,
      fix: notValidFirst(subject, migrations),
      level: conditional ? 'medium' : undefined,
    };
  },
});
