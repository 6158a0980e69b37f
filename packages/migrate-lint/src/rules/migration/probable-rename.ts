import { defineRule, type Problem, type Statement } from '@migrate-lint/core';
import { keepColumn } from '../column-conversion.ts';
import { wasDeployed } from '../deployed.ts';
import { lossLevel } from '../loss-level.ts';
import { operationsOf, type OperationOf } from '../operations.ts';
import { rowsThere, valuesThere } from '../lost-rows.ts';
import { isOfPostgres } from '../other-databases.ts';
import { code } from '../places.ts';
import { columnRename, columnsAlike, tableRename } from '../probable-renames.ts';
import { failsOnRows } from '../required-additions.ts';
import { keepTable } from '../table-renaming.ts';

export default defineRule({
  id: 'migration/probable-rename',
  level: 'critical',
  category: 'migrations',
  needs: ['migrations'],
  docs: {
    summary: 'A migration drops a column or a table and adds one that is probably the same under a new name.',
    why: `Prisma does not know renames. Who gives a field another name in the schema gets a migration that drops the old column and adds an empty
one, and on a development database nobody misses the values. In production they are gone, so this is critical. A column is taken for
another one's new name when the names are alike and the type can be converted; a table when it has the columns of the other one, or
joins the same two tables. The fix renames, converts what else changed, and keeps the values; it is unsafe because
only you know that it is a rename. If it is none, say so in a suppression. A rename that must not break the clients that still run
keeps the old name in the database, with \`@map\`. Where the new column is required and has no default, Postgres refuses the statement
as long as there is a row, so that nothing is lost and the deploy stops: that is high, and \`migration/required-column\` leaves it to this rule.`,
    bad: `-- 20260101000000_init/migration.sql
CREATE TABLE "User" ("id" INTEGER NOT NULL, "phone" TEXT, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 20260102000000_phone/migration.sql
-- AlterTable
ALTER TABLE "User" DROP COLUMN "phone",
ADD COLUMN "phoneNumber" TEXT;`,
    good: `-- 20260101000000_init/migration.sql
CREATE TABLE "User" ("id" INTEGER NOT NULL, "phone" TEXT, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 20260102000000_phone/migration.sql
ALTER TABLE "User" RENAME COLUMN "phone" TO "phoneNumber";`,
    guards: [
      'The migration copies the values before it drops the column or the table.',
      'Two added columns that fit as well as each other, or two dropped ones.',
      'A value and a key (`category` and `categoryId`), types that cannot be converted, and an enum in the place of a text.',
      'A foreign key that points at another table from then on, or at none.',
      'What no deployed client has seen: made by this migration, or by one that goes out with it.',
    ],
  },

  subjects: ({ migrations }) => operationsOf(migrations, ['drop column', 'drop table'], { applied: true }),
  check: ({ operation, statement }, { migrations }) => {
    const { table } = operation;
    if (table.temporary || !wasDeployed(table, statement, migrations)) return undefined;
    if (operation.kind === 'drop table') return ofTable(operation, statement);
    return wasDeployed(operation.column, statement, migrations) ? ofColumn(operation, statement) : undefined;
  },
});

function ofColumn(dropped: OperationOf<'drop column'>, statement: Statement): Problem | undefined {
  const found = columnRename(dropped, statement);
  if (!found) return undefined;
  const { table, column } = dropped;
  const fix =
    statement.migration.applied === undefined && isOfPostgres(statement)
      ? keepColumn(dropped, statement, found)
      : undefined;
  const fails = failsOnRows(table, statement);
  const [gone, instead] = fails ? ['', ''] : [' with its values', ' empty'];
  return {
    span: dropped.span,
    message: `The column ${code(column.name)} of ${code(table.path)} is dropped${gone} and ${code(found.added.column.name)} is added${instead}, which is probably the same column under a new name${fails ? ', and the migration fails as soon as the table has a row' : ''}.`,
    related: [{ message: 'the column that is added', span: found.added.span }],
    ...(fails ? rowsThere(table, statement) : valuesThere(table, column, statement)),
    ...(fix ? { fix } : {}),
    ...lossLevel(statement, dropped, fails ? 'high' : 'critical'),
  };
}

function ofTable(dropped: OperationOf<'drop table'>, statement: Statement): Problem | undefined {
  const found = tableRename(dropped, statement);
  if (!found) return undefined;
  const { table } = dropped;
  const same = columnsAlike(table, found.added.table).length;
  const fix =
    statement.migration.applied === undefined && isOfPostgres(statement)
      ? keepTable(dropped, statement, found)
      : undefined;
  return {
    span: dropped.span,
    message: `The table ${code(table.path)} is dropped with its rows and ${code(found.added.table.path)} is made empty with ${String(same)} of its ${String(table.columns.length)} columns, which is probably the same table under a new name.`,
    related: [{ message: 'the table that is made', span: found.added.span }],
    ...rowsThere(table, statement),
    ...(fix ? { fix } : {}),
    ...lossLevel(statement, dropped, 'critical'),
  };
}
