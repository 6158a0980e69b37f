import { defineRule, type ColumnChange, type Fix, type Migrations, type Statement } from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { rewriteClause } from '../clause-edits.ts';
import { requireLater } from '../later-columns.ts';
import { isMovedLater } from '../later-statements.ts';
import { operationsOf } from '../operations.ts';
import { code } from '../places.ts';
import { rewritesTable } from '../table-rewrites.ts';
import { isInUse } from '../tables-in-use.ts';
import { isNeverNull } from '../never-null.ts';

export default defineRule({
  id: 'migration/set-not-null',
  level: 'high',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A column becomes required, and Postgres looks at every row for a NULL while nobody can read or write.',
    why: `\`SET NOT NULL\` reads the whole table under an ACCESS EXCLUSIVE lock. How long depends on the size of the table, which a migration does
not know: nothing to notice for a thousand rows, many seconds for some ten million. If a validated CHECK says that the column is not
NULL, Postgres believes it and looks at no row. So add \`CHECK ("column" IS NOT NULL) NOT VALID\`, which takes a moment and holds new rows to
it; \`VALIDATE CONSTRAINT\` in the next migration reads the table and blocks neither reads nor writes; then SET NOT NULL takes a moment,
and the CHECK can go. Production stops while the table is read, so the level is high.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "email" text);
-- 2_require_email/migration.sql
ALTER TABLE "orders" ALTER COLUMN "email" SET NOT NULL;`,
    good: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "email" text);
-- 2_require_email/migration.sql
ALTER TABLE "orders" ADD CONSTRAINT "orders_email_check" CHECK ("email" IS NOT NULL) NOT VALID;
-- 3_validate/migration.sql
ALTER TABLE "orders" VALIDATE CONSTRAINT "orders_email_check";
ALTER TABLE "orders" ALTER COLUMN "email" SET NOT NULL;
ALTER TABLE "orders" DROP CONSTRAINT "orders_email_check";`,
    guards: [
      'A validated CHECK says that the column is not NULL, or it is required already.',
      'The same statement writes the table anew: that one owns the lock (`migration/type-rewrite`, `migration/volatile-default`, …).',
      'A table that the same migration makes or needs empty (`migration/required-column`), or one that is deployed together with it, and temporary tables.',
      'Whether there are NULLs, on which it fails, is `migration/not-null-on-existing`.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => operationsOf(migrations, ['set not null']),
  check: (subject, { postgresMigrations: migrations }) => {
    const { operation, statement } = subject;
    const { table, conditional, span } = operation;
    if (!isInUse(subject, migrations) || rewritesTable(statement)) return undefined;
    // The clauses of one statement read the table once.
    const required = statement.operations.flatMap(other =>
      other.kind === 'set not null' && !isNeverNull(other.table, other.column.name) ? [other] : [],
    );
    if (required[0] !== operation) return undefined;
    const names = required.map(({ column }) => code(`${table.path}.${column.name}`)).join(' and ');
    return {
      span,
      message: `Making ${names} required reads all of ${code(table.path)} for a NULL under an ACCESS EXCLUSIVE lock, which blocks reads and writes until it is done.`,
      fix: fixOf(required, statement, migrations),
      level: conditional ? 'medium' : undefined,
    };
  },
});

function fixOf(required: readonly ColumnChange[], statement: Statement, history: Migrations): Fix {
  const names = required.map(({ column }) => column.name);
  const title = `Add CHECK (… IS NOT NULL) NOT VALID, validate it in the next migration, and make ${code(names)} required then`;
  const parts = required.map(operation => {
    const { check, validate } = requireLater(operation.table, operation.column.name);
    return { edits: rewriteClause({ operation, statement }, check), validate };
  });
  const [first] = required;
  const isMoved = !first || isMovedLater(first.table, names, statement, history);
  if (isMoved || parts.some(({ edits }) => edits === undefined)) return { title, safety: 'unsafe' };
  const steps = parts.map(({ validate }) => validate);
  return { ...sqlFix(title, 'unsafe', steps), edits: parts.flatMap(({ edits }) => edits ?? []) };
}
