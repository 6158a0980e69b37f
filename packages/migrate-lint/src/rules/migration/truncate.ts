import { defineRule, type Operation, type PastTable, type Statement } from '@migrate-lint/core';
import { wasDeployed } from '../deployed.ts';
import { copyOfTable } from '../kept-rows.ts';
import { lossLevel } from '../loss-level.ts';
import { operationsOf, type OperationOf } from '../operations.ts';
import { rowsThere } from '../lost-rows.ts';
import { code } from '../places.ts';
import { after, isDroppedLater } from '../same-migration.ts';

export default defineRule({
  id: 'migration/truncate',
  level: 'high',
  category: 'migrations',
  needs: ['migrations'],
  docs: {
    summary: 'A migration empties a table that was there before.',
    why: `TRUNCATE takes every row, calls no DELETE trigger, and a migration runs in every environment: what was meant to clear test
data clears production. With CASCADE it empties every table that has a foreign key to this one as well, and those that refer to them, whatever
their ON DELETE says; the deployed code rarely expects that, so it is critical where such a table is known. Delete the rows that you mean,
with a condition. It is medium where the migration fills the table again, as a table of fixed values.`,
    bad: `-- 20260101000000_init/migration.sql
CREATE TABLE "Session" ("id" INTEGER NOT NULL, CONSTRAINT "Session_pkey" PRIMARY KEY ("id"));
-- 20260102000000_clear/migration.sql
TRUNCATE "Session";`,
    good: `-- 20260101000000_init/migration.sql
CREATE TABLE "Session" ("id" INTEGER NOT NULL, "expires" TIMESTAMP(3) NOT NULL, CONSTRAINT "Session_pkey" PRIMARY KEY ("id"));
-- 20260102000000_clear/migration.sql
DELETE FROM "Session" WHERE "expires" < now();`,
    guards: [
      'A table that this migration makes, or one that goes out with it; a temporary table.',
      'The rows are copied before.',
      'The migration drops the table after it: `migration/dropped-table` speaks of it.',
    ],
  },

  subjects: ({ migrations }) => operationsOf(migrations, ['truncate'], { applied: true }),
  check: ({ operation, statement }, { migrations }) => {
    const tables = operation.tables.filter(
      table =>
        !table.temporary &&
        wasDeployed(table, statement, migrations) &&
        !copyOfTable(table, operation, statement) &&
        !isDroppedLater(table, operation, statement),
    );
    const [first] = tables;
    if (!first) return undefined;
    const others = operation.cascade ? referring(operation, statement) : [];
    const filled = tables.every(table =>
      after(operation, statement).some(({ operation: later }) => fills(later, table)),
    );
    const too = others.length === 0 ? '' : `, and with CASCADE those of ${code(others.map(({ path }) => path))}`;
    return {
      span: operation.span,
      message: `TRUNCATE takes all rows of ${code(tables.map(({ path }) => path))}${too}${operation.conditional ? ', if its block comes to it' : ''}.`,
      ...rowsThere(first, statement),
      ...lossLevel(statement, operation, others.length > 0 ? 'critical' : filled ? 'medium' : 'high'),
    };
  },
});

/** The tables that a foreign key, or a row of them, leads from to those that are named. */
function referring({ tables }: OperationOf<'truncate'>, { before }: Statement): readonly PastTable[] {
  const found = new Map(tables.map(table => [table.path, table]));
  for (const { path } of found.values())
    for (const other of before.tables)
      if (other.constraints.some(({ referencedTable }) => referencedTable === path)) found.set(other.path, other);
  return [...found.values()].filter(table => !tables.includes(table));
}

function fills(later: Operation, { id }: PastTable): boolean {
  return (later.kind === 'insert' || later.kind === 'copy') && later.tables.some(table => table.id === id);
}
