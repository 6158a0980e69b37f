import { defineRule, quoteIdentifier, type Migrations, type Problem } from '@migrate-lint/core';
import { isEmptied, isSeeded, valuesOf } from '../column-values.ts';
import { wasDeployed } from '../deployed.ts';
import { operationsOf, type OperationSubject } from '../operations.ts';
import { isOfMysql, isOfSqlite } from '../other-databases.ts';
import { code } from '../places.ts';
import { anyRows } from '../prechecks.ts';
import { isSuccessor } from '../required-additions.ts';

export default defineRule({
  id: 'migration/required-column',
  level: 'high',
  category: 'migrations',
  needs: ['migrations'],
  docs: {
    summary: 'A column is added as NOT NULL without a default, which fails as soon as the table has a row.',
    why: `The rows that are there would have NULL in the new column, so Postgres refuses the statement (23502). It runs on an empty table, which is why
it passes in development and in CI; in production the deploy stops there, and \`prisma migrate deploy\` refuses everything after it until the failed
migration is resolved. Add the column without NOT NULL, give the old rows a value, and SET NOT NULL when every running version of the
application writes it; or add it with a default that is right for the old rows. \`@default(uuid())\`, \`@default(cuid())\` and \`@updatedAt\` are values
that Prisma Client makes: the database has no default of them. One row is enough for it to fail, so the level is high; whether there is one
a migration does not know, but when it inserts rows itself before: then it fails everywhere, and is critical.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "User" ("id" integer PRIMARY KEY);
-- 2_add_locale/migration.sql
ALTER TABLE "User" ADD COLUMN "locale" text NOT NULL;`,
    good: `-- 1_init/migration.sql
CREATE TABLE "User" ("id" integer PRIMARY KEY);
-- 2_add_locale/migration.sql
ALTER TABLE "User" ADD COLUMN "locale" text NOT NULL DEFAULT 'en';`,
    guards: [
      'MySQL takes the column and makes up a value for the old rows, which is medium.',
      'A default, serial, identity or a generated column: each row has a value.',
      'A table that the same migration makes or empties, or one that is deployed together with it.',
      'A column in the place of one that is dropped: `migration/probable-rename` and `migration/recreated-column` say that it fails.',
      'IF NOT EXISTS of a column that is there, and what stands in a DO block behind a condition.',
    ],
  },

  subjects: ({ migrations }) => operationsOf(migrations, ['add column']),
  check: (subject, { migrations }) => {
    const { operation, statement } = subject;
    const { table, column, ifNotExists, existing, conditional } = operation;
    if (conditional || (ifNotExists && existing) || isEmptied(table, statement)) return undefined;
    const seeded = isSeeded(table, statement);
    if (valuesOf(column.name, table, statement) !== 'none' || !(seeded || mayHaveRows(subject, migrations)))
      return undefined;
    if (!seeded && !isOfMysql(statement) && isSuccessor(operation, statement, migrations)) return undefined;
    const name = code(column.name);
    if (isOfMysql(statement)) return ofMysql(operation);
    const precheck = seeded ? undefined : anyRows(table, statement);
    return {
      span: operation.span,
      message: `${code(table.path)} gets the column ${name} as NOT NULL without a default, which ${seeded ? 'fails on the rows that the migration inserts' : 'fails as soon as the table has a row'}.`,
      level: seeded ? 'critical' : undefined,
      precheck,
      fix: { title: isOfSqlite(statement) ? ofCopy(name) : ofSteps(column.name), safety: 'unsafe' },
    };
  },
});

/** SQLite cannot SET NOT NULL: the rows are copied into a new table. */
function ofCopy(name: string): string {
  return `Give ${name} a value in the INSERT that copies the rows into the new table, or give it a default`;
}

function ofSteps(name: string): string {
  return `Add ${code(name)} without NOT NULL, fill it with \`UPDATE … SET ${quoteIdentifier(name).replaceAll('`', "'")} = … WHERE … IS NULL\`, then SET NOT NULL; or give it a default`;
}

/** MySQL takes it, and makes up a value for the rows that are there; a date of zeros only where `sql_mode` allows it. */
function ofMysql({ table, column, span }: OperationSubject<'add column'>['operation']): Problem {
  const isDate = /^(?:date|datetime|timestamp)\b/.test(column.type ?? '');
  const value = isDate
    ? 'a date of zeros, or the deploy fails where `sql_mode` has NO_ZERO_DATE'
    : 'an empty value or 0 that nobody chose';
  return {
    span,
    level: 'medium',
    message: `${code(table.path)} gets the column ${code(column.name)} as NOT NULL without a default, so MySQL gives the rows that are there ${value}.`,
  };
}

function mayHaveRows({ operation, statement }: OperationSubject<'add column'>, migrations: Migrations): boolean {
  const { table, existedBefore } = operation;
  const holdsRows = table.kind === 'table' || table.kind === 'partitioned table';
  return existedBefore && holdsRows && !table.temporary && wasDeployed(table, statement, migrations);
}
