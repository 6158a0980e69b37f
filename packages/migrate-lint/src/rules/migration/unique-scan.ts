import { defineRule, quoteIdentifier, type Fix, type Migrations } from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { cutClause } from '../cut-clause.ts';
import { isKeyNeededLater } from '../key-use.ts';
import { operationsOf, type OperationSubject } from '../operations.ts';
import { tableSql } from '../past-names.ts';
import { code } from '../places.ts';
import { rewritesTable } from '../table-rewrites.ts';
import { isInUse } from '../tables-in-use.ts';
import { plainUnique } from '../unique-clause.ts';
import { workOfConstraint } from '../work-words.ts';

export default defineRule({
  id: 'migration/unique-scan',
  level: 'high',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A UNIQUE constraint builds its index on a table in use, and nobody can read the table meanwhile.',
    why: `\`ADD CONSTRAINT … UNIQUE\` builds an index and holds an ACCESS EXCLUSIVE lock until it is there: every query on the table waits, a plain
SELECT too, which is worse than \`CREATE UNIQUE INDEX\`. How long depends on the size of the table, which a migration does not know: nothing to
notice for a thousand rows, minutes for some ten million. \`CREATE UNIQUE INDEX CONCURRENTLY\` in a migration of its own blocks nobody, and
\`ADD CONSTRAINT … UNIQUE USING INDEX\` in the next one takes it over in a moment. Production stops while queries wait, so the level is high.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "User" ("id" integer PRIMARY KEY, "email" text NOT NULL);
-- 2_one_account_per_email/migration.sql
ALTER TABLE "User" ADD CONSTRAINT "User_email_key" UNIQUE ("email");`,
    good: `-- 1_init/migration.sql
CREATE TABLE "User" ("id" integer PRIMARY KEY, "email" text NOT NULL);
-- 2_index_emails/migration.sql
CREATE UNIQUE INDEX CONCURRENTLY "User_email_key" ON "User"("email");
-- 3_one_account_per_email/migration.sql
ALTER TABLE "User" ADD CONSTRAINT "User_email_key" UNIQUE USING INDEX "User_email_key";`,
    guards: [
      'A table that the same migration makes has no rows.',
      '`CREATE UNIQUE INDEX`: `migration/blocking-index`.',
      'The same statement writes the table anew, which builds all its indexes: `migration/type-rewrite` and its like.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) =>
    operationsOf(migrations, ['add constraint']).filter(({ operation }) => operation.constraint.type === 'unique'),
  check: (subject, { postgresMigrations: migrations }) => {
    const { operation, statement } = subject;
    const { constraint, table, span, conditional } = operation;
    if (!isInUse(subject, migrations) || !workOfConstraint(operation, statement)) return undefined;
    if (rewritesTable(statement)) return undefined;
    return {
      span,
      message: `Adding the UNIQUE constraint ${code(constraint.name)} takes an ACCESS EXCLUSIVE lock on ${code(table.path)}, which blocks reads and writes until its index is built.`,
      fix: fixOf(subject, migrations),
      level: conditional ? 'medium' : undefined,
    };
  },
});

function fixOf({ operation, statement }: OperationSubject<'add constraint'>, migrations: Migrations): Fix {
  const { constraint, table } = operation;
  const title = `Build the index of ${code(constraint.name)} with CREATE UNIQUE INDEX CONCURRENTLY, and add the constraint USING INDEX`;
  const edits = cutClause(operation, statement);
  const clause = plainUnique(operation, statement);
  if (!edits || !clause || table.kind !== 'table' || isKeyNeededLater(operation, statement, migrations))
    return { title, safety: 'unsafe' };
  const [name, on] = [quoteIdentifier(constraint.name), tableSql(table)];
  const index = `CREATE UNIQUE INDEX CONCURRENTLY ${name} ON ${on}${clause.keys};`;
  const add = `ALTER TABLE ${on} ADD CONSTRAINT ${name} UNIQUE USING INDEX ${name}${clause.rest};`;
  const steps = [
    { phase: 'create index', sql: index },
    { phase: 'create index', sql: add },
  ] as const;
  return { ...sqlFix(title, 'unsafe', steps), edits };
}
