import { defineRule, type AddColumn, type Fix, type Migrations, type Statement } from '@migrate-lint/core';
import { laterColumn } from '../later-columns.ts';
import { isMovedLater } from '../later-statements.ts';
import { operationsOf, type OperationSubject } from '../operations.ts';
import { code } from '../places.ts';
import { rewriteByColumn } from '../table-rewrites.ts';
import { isInUse } from '../tables-in-use.ts';

export default defineRule({
  id: 'migration/volatile-default',
  level: 'high',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A new column has a default that is another one for each row, so every row is written anew.',
    why: `A constant, and \`now()\` too, is kept once in the catalog, and the column is there in a moment. A function such as \`gen_random_uuid()\`,
\`random()\` or \`clock_timestamp()\` has to be called for each row: Postgres writes the whole table and all of its indexes anew, and holds an
ACCESS EXCLUSIVE lock meanwhile, so that nobody can read or write. How long depends on the size of the table, which a migration does
not know. Add the column without the default, give it the default for new rows, fill the old rows in batches, and make it required when
that is done. Production stops while the table is written, so the level is high.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY);
-- 2_add_token/migration.sql
ALTER TABLE "orders" ADD COLUMN "token" uuid DEFAULT gen_random_uuid();`,
    good: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY);
-- 2_add_token/migration.sql
ALTER TABLE "orders" ADD COLUMN "token" uuid, ALTER COLUMN "token" SET DEFAULT gen_random_uuid();`,
    guards: [
      'A constant, `now()`, `CURRENT_TIMESTAMP`, `CURRENT_DATE`: no row is written.',
      'SET DEFAULT of a column that is there: only new rows get it.',
      'A table that the same migration makes or needs empty (`migration/required-column`), or one that is deployed together with it, and temporary tables.',
      'A number that counts up: `migration/serial-column` and `migration/identity-column`.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) =>
    operationsOf(migrations, ['add column']).filter(({ operation }) => operation.column.default !== undefined),
  check: (subject, { postgresMigrations: migrations }) => {
    const { operation, statement } = subject;
    const { table, column, span } = operation;
    if (rewriteByColumn(operation) !== 'default' || isSetLater(subject) || !isInUse(subject, migrations))
      return undefined;
    const { sql = '', volatility } = column.default ?? {};
    const isKnown = volatility === 'volatile' && !operation.conditional;
    return {
      span,
      message: `Adding ${code(`${table.path}.${column.name}`)} with the default ${code(sql)}, which ${isKnown ? 'is' : 'may be'} another value for each row, writes all of ${code(table.path)} anew under an ACCESS EXCLUSIVE lock, which blocks reads and writes until it is done.`,
      fix: fixOf(operation, statement, migrations),
      level: isKnown ? undefined : 'medium',
    };
  },
});

/** Whether another clause of the statement sets the default, which is then for new rows only. */
function isSetLater({ operation, statement }: OperationSubject<'add column'>): boolean {
  return statement.operations.some(
    other => other.kind === 'set default' && other.column.name === operation.column.name,
  );
}

function fixOf(operation: AddColumn, statement: Statement, history: Migrations): Fix {
  const title = `Add ${code(operation.column.name)} without the default, set it for new rows, and fill the old ones in batches`;
  const fix = isMovedLater(operation.table, [operation.column.name], statement, history)
    ? undefined
    : laterColumn(operation, statement, title);
  return fix ?? { title, safety: 'unsafe' };
}
