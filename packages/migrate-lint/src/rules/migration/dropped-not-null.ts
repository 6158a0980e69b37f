import { defineRule } from '@migrate-lint/core';
import { wasDeployed } from '../deployed.ts';
import { operationsOf } from '../operations.ts';
import { code } from '../places.ts';
import { after } from '../same-migration.ts';

export default defineRule({
  id: 'migration/dropped-not-null',
  level: 'low',
  category: 'migrations',
  needs: ['migrations'],
  docs: {
    summary: 'A migration lets a column be NULL that deployed clients take for required.',
    why: `The statement itself does no harm. But the clients of the deployed version know the field as required: Prisma Client fails on the first
row that it reads with NULL in it (“Error converting field … of expected non-nullable type”), and the new version may write such rows
while old clients still run. So it is low: write no NULL before all old clients have stopped, and know that going back to the old version is
not possible once there are some.`,
    bad: `-- 20260101000000_init/migration.sql
CREATE TABLE "User" ("id" INTEGER NOT NULL, "name" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 20260102000000_name/migration.sql
-- AlterTable
ALTER TABLE "User" ALTER COLUMN "name" DROP NOT NULL;`,
    good: `-- 20260101000000_init/migration.sql
CREATE TABLE "User" ("id" INTEGER NOT NULL, "name" TEXT, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 20260102000000_name/migration.sql
-- AlterTable
ALTER TABLE "User" ALTER COLUMN "name" DROP NOT NULL;`,
    guards: [
      'A column that could be NULL already.',
      'The migration sets NOT NULL again, or drops or renames the column or its table.',
      'A column that this migration adds, or one that goes out with it.',
      'A migration that is applied.',
    ],
  },

  subjects: ({ migrations }) => operationsOf(migrations, ['drop not null']),
  check: ({ operation, statement }, { migrations }) => {
    const { table, column } = operation;
    if (!column.notNull || table.temporary) return undefined;
    if (![table, column].every(thing => wasDeployed(thing, statement, migrations))) return undefined;
    const settled = after(operation, statement).some(({ operation: later }) => {
      if (later.kind === 'set not null' || later.kind === 'drop column') return later.column.id === column.id;
      return later.kind === 'drop table' && later.table.id === table.id;
    });
    if (settled) return undefined;
    return {
      span: operation.span,
      message: `The column ${code(column.name)} of ${code(table.path)} may be NULL from now on, and deployed clients fail on the first row that they read with NULL in it.`,
    };
  },
});
