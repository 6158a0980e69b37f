import { defineRule, type PastColumn, type PastDefault, type Statement } from '@migrate-lint/core';
import { wasDeployed } from '../deployed.ts';
import { atStart } from '../migration-start.ts';
import { operationsOf } from '../operations.ts';
import { code } from '../places.ts';
import { prismaComment } from '../prisma-comment.ts';
import { after, before, type Done } from '../same-migration.ts';

export default defineRule({
  id: 'migration/changed-default',
  level: 'low',
  category: 'migrations',
  needs: ['migrations'],
  docs: {
    summary: 'A migration changes or takes away the default of a column that deployed clients write.',
    why: `Rows that are there keep the old value. Prisma Client fills in a fixed default of the schema itself, so the clients of the deployed
version go on to write the old one until the last of them has stopped, and rows of both kinds come in: low. It is medium where the
value came from the database (\`nextval\`, \`gen_random_uuid()\`, any function) and the column is NOT NULL: those clients leave the column
out, and each of their INSERTs fails.`,
    bad: `-- 20260101000000_init/migration.sql
CREATE TABLE "User" ("id" INTEGER NOT NULL, "plan" TEXT NOT NULL DEFAULT 'trial', CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 20260102000000_plan/migration.sql
-- AlterTable
ALTER TABLE "User" ALTER COLUMN "plan" SET DEFAULT 'free';`,
    good: `-- 20260101000000_init/migration.sql
CREATE TABLE "User" ("id" INTEGER NOT NULL, "plan" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 20260102000000_plan/migration.sql
-- AlterTable
ALTER TABLE "User" ALTER COLUMN "plan" SET DEFAULT 'free';`,
    guards: [
      'A column that had no default, or whose old and new one the database makes.',
      'The migration ends with the default that there was, as where Prisma changes the type of the column.',
      'The column or its table is dropped after it, or it becomes an identity.',
      'A column that this migration adds, or one that goes out with it.',
      'A function that was put into an ADD COLUMN by hand, and that Prisma takes away because the schema does not have it.',
      'A migration that is applied.',
    ],
  },

  subjects: ({ migrations }) => operationsOf(migrations, ['set default', 'drop default']),
  check: ({ operation, statement }, { migrations }) => {
    const { table, column } = operation;
    if (table.temporary || ![table, column].every(thing => wasDeployed(thing, statement, migrations))) return undefined;
    const old = atStart(table, statement)?.columns.find(({ id }) => id === column.id);
    if (!old?.default || isChange(before(operation, statement), column)) return undefined;
    const later = after(operation, statement);
    const settled = later.some(
      ({ operation: next }) =>
        ((next.kind === 'drop column' || next.kind === 'add identity') && next.column.id === column.id) ||
        (next.kind === 'drop table' && next.table.id === table.id),
    );
    const last = [{ operation, statement }, ...later].findLast(done => isChange([done], column))?.operation;
    const now = last && 'default' in last ? last.default : undefined;
    // The database fills it in: deployed clients leave the column out, and get what it has now.
    const left = old.default.volatility !== 'constant' && old.default.volatility !== 'stable';
    if (settled || (now && (left || sameDefault(now, old.default)))) return undefined;
    if (left && isOnlyInDatabase(column, statement)) return undefined;
    const change = now
      ? `changes from ${code(old.default.sql)} to ${code(now.sql)}`
      : `goes, which was ${code(old.default.sql)}`;
    return {
      span: operation.span,
      message: `The default of ${code(column.name)} in ${code(table.path)} ${change}, and ${consequence(left, old.notNull)} until they are replaced.`,
      level: left && old.notNull ? 'medium' : 'low',
    };
  },
});

function consequence(left: boolean, notNull: boolean): string {
  if (!left) return 'deployed clients go on to write the old one';
  return `each INSERT of deployed clients, which leave the column to it, ${notNull ? 'fails' : 'writes NULL'}`;
}

/** Whether Prisma takes away what somebody wrote into the ADD COLUMN by hand: the schema never had it, so that no client counts on it. */
function isOnlyInDatabase({ createdBy }: PastColumn, statement: Statement): boolean {
  const isGenerated = prismaComment(statement) === 'AlterTable';
  const isAddedByHand = createdBy?.operations.some(({ kind }) => kind === 'add column') === true;
  return isGenerated && isAddedByHand && prismaComment(createdBy) === undefined;
}

function isChange(done: readonly Done[], { id }: PastColumn): boolean {
  return done.some(
    ({ operation }) =>
      (operation.kind === 'set default' || operation.kind === 'drop default') && operation.column.id === id,
  );
}

function sameDefault(one: PastDefault, other: PastDefault): boolean {
  return bare(one) === bare(other);
}

/** Without the cast that the type of the column says anyway. */
function bare({ sql }: PastDefault): string {
  return sql
    .replace(/::[\w\s".()]+$/, '')
    .replace(/^\((.*)\)$/, '$1')
    .toLowerCase();
}
