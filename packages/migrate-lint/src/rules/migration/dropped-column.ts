import { defineRule } from '@migrate-lint/core';
import { wasDeployed } from '../deployed.ts';
import { copyOfColumn } from '../kept-rows.ts';
import { lossLevel } from '../loss-level.ts';
import { operationsOf } from '../operations.ts';
import { valuesThere } from '../lost-rows.ts';
import { code } from '../places.ts';
import { columnAgain, columnOfSameType, columnRename } from '../probable-renames.ts';
import { failsOnRows } from '../required-additions.ts';
import { isDroppedLater } from '../same-migration.ts';
import { isStandIn } from '../stand-in-names.ts';

export default defineRule({
  id: 'migration/dropped-column',
  level: 'high',
  category: 'migrations',
  needs: ['migrations'],
  docs: {
    summary: 'A migration drops a column that was there before.',
    why: `The values are gone, and a backup is the only way back. And Prisma Client names every column in what it selects: from the migration on,
each query of the model fails with “The column … does not exist” (P2022) in the clients of the deployed version, until the last of them has
stopped. That is why it is high even where nobody wants the values. Take the field out of the schema, or mark it \`@ignore\`, and deploy that
with the column still there (\`migrate dev --create-only\`, and keep the DROP for the next release); then drop it. It is medium where
the values were copied before or are made of others, and low for a column that is by its name a backup.`,
    bad: `-- 20260101000000_init/migration.sql
CREATE TABLE "User" ("id" INTEGER NOT NULL, "bio" TEXT, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 20260102000000_bio/migration.sql
-- AlterTable
ALTER TABLE "User" DROP COLUMN "bio";`,
    good: `-- 20260101000000_init/migration.sql
CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 20260102000000_bio/migration.sql
ALTER TABLE "User" ADD COLUMN "bio" TEXT;
ALTER TABLE "User" DROP COLUMN "bio";`,
    guards: [
      'A column that this migration adds, or one that goes out with it; a temporary table.',
      'A column that is probably renamed or added again: `migration/probable-rename` and `migration/recreated-column` speak of it.',
      'The migration drops the whole table after it.',
      'IF EXISTS of a column that the table does not have.',
    ],
  },

  subjects: ({ migrations }) => operationsOf(migrations, ['drop column'], { applied: true }),
  check: ({ operation, statement }, { migrations }) => {
    const { table, column, ifExists } = operation;
    if (table.temporary || ![table, column].every(thing => wasDeployed(thing, statement, migrations))) return undefined;
    if (columnRename(operation, statement) || columnAgain(operation, statement)) return undefined;
    if (isDroppedLater(table, operation, statement)) return undefined;
    const copy = copyOfColumn(table, column, operation, statement);
    const similar = copy ? undefined : columnOfSameType(operation, statement);
    const mayBeMissing = ifExists && column.createdBy === undefined;
    if (mayBeMissing && !table.open) return undefined;
    const kept = copy !== undefined || column.generated !== undefined;
    const minor = kept ? 'medium' : 'high';
    const loses = kept || failsOnRows(table, statement) ? 'leaves the deployed clients without it' : 'loses its values';
    return {
      span: operation.span,
      message: `Dropping the column ${code(column.name)} of ${code(table.path)}${mayBeMissing ? ', if it is there,' : ''} ${loses}, and every query of the deployed clients that names it fails until they are replaced.`,
      related: [
        ...(copy ? [{ message: 'copied here', span: copy.span }] : []),
        ...(similar
          ? [
              {
                message: 'the same type is added here: write RENAME COLUMN if this is its new name',
                span: similar.added.span,
              },
            ]
          : []),
      ],
      ...valuesThere(table, column, statement),
      ...lossLevel(statement, operation, mayBeMissing || isStandIn(column.name) ? 'low' : minor),
    };
  },
});
