import { defineRule, type Level, type PastTable, type Statement } from '@migrate-lint/core';
import { wasDeployed } from '../deployed.ts';
import { copyOfTable } from '../kept-rows.ts';
import { lossLevel } from '../loss-level.ts';
import { isMadeForDrops } from '../meant-drops.ts';
import { atStart } from '../migration-start.ts';
import { operationsOf, type OperationOf } from '../operations.ts';
import { rowsThere } from '../lost-rows.ts';
import { code } from '../places.ts';
import { tableRename, tablesJoined } from '../probable-renames.ts';
import { migrationOf } from '../same-migration.ts';
import { isStandIn } from '../stand-in-names.ts';

export default defineRule({
  id: 'migration/dropped-table',
  level: 'high',
  category: 'migrations',
  needs: ['migrations'],
  docs: {
    summary: 'A migration drops a table that was there before.',
    why: `The rows are gone, and a backup is the only way back. Clients of the version that is deployed still query the table, so each of those
queries fails from the migration on until the last old client has stopped: with Prisma the migration runs first. So it is high even where
nobody wants the rows any more. Deploy a version without the model first and drop the table with the next one, or say in a suppression
that nothing uses it. It is medium where the rows were copied before or may be (a join table with a successor, a block with conditions),
and where the migration does nothing but drop and says so in its name; low for what is by its name a backup, for unlogged tables and
partitions, and for what no migration has made and may not be there.`,
    bad: `-- 20260101000000_init/migration.sql
CREATE TABLE "Invoice" ("id" INTEGER NOT NULL, "total" INTEGER NOT NULL, CONSTRAINT "Invoice_pkey" PRIMARY KEY ("id"));
-- 20260102000000_drop/migration.sql
-- DropTable
DROP TABLE "Invoice";`,
    good: `-- 20260101000000_init/migration.sql
CREATE TABLE "Invoice" ("id" INTEGER NOT NULL, "total" INTEGER NOT NULL, CONSTRAINT "Invoice_pkey" PRIMARY KEY ("id"));
-- 20260102000000_copy/migration.sql
CREATE TABLE "new_Invoice" ("id" BIGINT NOT NULL, "total" INTEGER NOT NULL, CONSTRAINT "new_Invoice_pkey" PRIMARY KEY ("id"));
INSERT INTO "new_Invoice" SELECT "id", "total" FROM "Invoice";
DROP TABLE "Invoice";
ALTER TABLE "new_Invoice" RENAME TO "Invoice";`,
    guards: [
      'A table that this migration makes, or one that goes out with it; a temporary table.',
      'The rows are copied before, and a table or view with the old name is there at the end.',
      'A table that an earlier migration made takes its name: it was there to be filled in between.',
      'A table that keeps the rows of a query (CREATE TABLE … AS), and a table or view with its name is there at the end.',
      'IF EXISTS of a table that no migration has made, which the migration makes after it.',
      'A table that is probably renamed: `migration/probable-rename` speaks of it.',
    ],
  },

  subjects: ({ migrations }) => operationsOf(migrations, ['drop table'], { applied: true }),
  check: ({ operation, statement }, { migrations }) => {
    const { table } = operation;
    if (table.temporary || !wasDeployed(table, statement, migrations)) return undefined;
    if (tableRename(operation, statement)) return undefined;
    const copy = copyOfTable(table, operation, statement);
    const mayBeMissing = operation.ifExists && table.createdBy === undefined;
    const isReplaced = comesBack(operation, statement);
    if ((copy || mayBeMissing || isStoredQuery(table) || isTakenOver(operation, statement)) && isReplaced)
      return undefined;
    const clients = 'every query of the deployed clients on it fails until they are replaced';
    const lost = copy
      ? `Dropping the table ${code(table.path)}, whose rows are copied before, leaves the deployed clients without it, so ${clients}.`
      : `Dropping the table ${code(table.path)}${mayBeMissing ? ', if it is there,' : ''} loses its rows, ${isReplaced ? 'for nothing copies them to what takes its name' : `and ${clients}`}.`;
    return {
      span: operation.span,
      message: lost,
      ...rowsThere(table, statement),
      ...(copy ? { related: [{ message: 'copied here', span: copy.span }] } : {}),
      ...lossLevel(statement, operation, levelOf(operation, statement, copy !== undefined)),
    };
  },
});

function levelOf(operation: OperationOf<'drop table'>, statement: Statement, copied: boolean): Level {
  const { table, ifExists } = operation;
  if ((ifExists && table.createdBy === undefined) || table.partitionOf || table.unlogged || isStandIn(table.name))
    return 'low';
  return copied || hasSuccessor(operation, statement) || isMadeForDrops(statement) ? 'medium' : 'high';
}

/** Whether a table of an earlier migration gets the name: it was there to be filled in between. */
function isTakenOver({ table }: OperationOf<'drop table'>, statement: Statement): boolean {
  const { path } = atStart(table, statement) ?? table;
  return migrationOf(statement).some(
    ({ operation }) =>
      operation.kind === 'rename table' &&
      operation.to === path &&
      operation.object !== undefined &&
      operation.object.id !== table.id &&
      operation.object.createdBy?.migration !== statement.migration,
  );
}

/** Whether its rows are what a query gave when it was made. */
function isStoredQuery({ path, createdBy }: PastTable): boolean {
  return (
    createdBy?.operations.some(
      operation => operation.kind === 'create table' && operation.asQuery && operation.table.path === path,
    ) ?? false
  );
}

/** Two keys whose pairs may have gone into a table that the same migration makes for them. */
function hasSuccessor({ table }: OperationOf<'drop table'>, statement: Statement): boolean {
  const joined = tablesJoined(table, statement);
  if (joined.length === 0 || table.columns.length > 2) return false;
  return migrationOf(statement).some(
    ({ operation }) =>
      operation.kind === 'create table' &&
      joined.every(path => tablesJoined(operation.table, statement).includes(path)),
  );
}

/** Whether something has the name that the table had when the migration is done. */
function comesBack({ table }: OperationOf<'drop table'>, statement: Statement): boolean {
  const { path } = atStart(table, statement) ?? table;
  return migrationOf(statement).some(({ operation }) => {
    if (operation.kind === 'create table') return operation.table.path === path;
    if (operation.kind === 'create object') return operation.object.path === path;
    return operation.kind === 'rename table' && operation.to === path && operation.object?.id !== table.id;
  });
}
