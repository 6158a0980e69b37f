import { defineRule, type Migrations, type PastTable, type Problem, type Statement } from '@migrate-lint/core';
import { wasDeployed } from '../deployed.ts';
import { copyOfColumn, copyOfTable } from '../kept-rows.ts';
import { lossLevel } from '../loss-level.ts';
import { operationsOf, type OperationOf } from '../operations.ts';
import { rowsThere, valuesThere } from '../lost-rows.ts';
import { isFresh } from '../fresh-columns.ts';
import { code } from '../places.ts';
import { after, isDroppedLater, timesIn } from '../same-migration.ts';

export default defineRule({
  id: 'migration/unfiltered-write',
  level: 'high',
  category: 'migrations',
  needs: ['migrations'],
  docs: {
    summary: 'A migration deletes all rows of a table that was there before, or overwrites a column in all of them.',
    why: `A DELETE without WHERE empties the table in every environment, and what hangs on its rows by ON DELETE CASCADE goes too: high. An
UPDATE without WHERE overwrites what people have entered; mostly a \`WHERE … IS NULL\` was forgotten: medium, for it may be meant.
Say which rows you mean. If all of them are meant, say so in a suppression, and have the old values somewhere.`,
    bad: `-- 20260101000000_init/migration.sql
CREATE TABLE "User" ("id" INTEGER NOT NULL, "locale" TEXT, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 20260102000000_locale/migration.sql
UPDATE "User" SET "locale" = 'en';`,
    good: `-- 20260101000000_init/migration.sql
CREATE TABLE "User" ("id" INTEGER NOT NULL, "locale" TEXT, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 20260102000000_locale/migration.sql
UPDATE "User" SET "locale" = 'en' WHERE "locale" IS NULL;`,
    guards: [
      'A column that this migration adds, or one that goes out with it: `migration/unbatched-backfill` speaks of that.',
      'A column without a default that the migration right before adds: what is written is its first value.',
      'A new value that is made of the old one (`SET email = lower(email)`).',
      'The rows or values are copied before, or the table is filled again or dropped after it.',
      'A table that this migration makes, or one that goes out with it; a temporary table.',
    ],
  },

  subjects: ({ migrations }) => operationsOf(migrations, ['delete', 'update'], { applied: true }),
  check: ({ operation, statement }, { migrations }) => {
    const [table] = operation.tables;
    if (!operation.everyRow || !table || table.temporary || !wasDeployed(table, statement, migrations))
      return undefined;
    if (isDroppedLater(table, operation, statement)) return undefined;
    return operation.kind === 'delete'
      ? ofDelete(operation, statement, table)
      : ofUpdate(operation, statement, table, migrations);
  },
});

function ofDelete(operation: OperationOf<'delete'>, statement: Statement, table: PastTable): Problem | undefined {
  if (copyOfTable(table, operation, statement)) return undefined;
  const later = after(operation, statement).map(done => done.operation);
  if (later.some(next => next.kind === 'insert' && next.tables.some(({ id }) => id === table.id))) return undefined;
  return {
    span: operation.span,
    message: `DELETE without a condition takes all rows of ${code(table.path)}.`,
    ...rowsThere(table, statement),
    ...lossLevel(statement, operation, 'high'),
  };
}

function ofUpdate(
  operation: OperationOf<'update'>,
  statement: Statement,
  table: PastTable,
  migrations: Migrations,
): Problem | undefined {
  const overwritten = operation.columns.filter(name => {
    const column = table.column(name);
    if (!column) return table.open;
    // What is made of the old value holds it still.
    if (timesIn(statement.sql, name) > 1 || column.generated || isFresh(column, statement, migrations)) return false;
    return wasDeployed(column, statement, migrations) && !copyOfColumn(table, column, operation, statement);
  });
  const [first] = overwritten;
  if (first === undefined) return undefined;
  const column = table.column(first);
  return {
    span: operation.span,
    // SQLite makes a table anew: what the INSERT does not copy is another value from then on.
    message: `${/^(?:insert|replace)\b/i.test(statement.sql) ? 'INSERT … SELECT' : 'UPDATE'} without a condition overwrites ${code(overwritten)} in all rows of ${code(table.path)}.`,
    ...(column ? valuesThere(table, column, statement) : rowsThere(table, statement)),
    ...lossLevel(statement, operation, 'medium'),
  };
}
