import { defineRule, type PastIndex, type PastTable, type Problem, type Statement } from '@migrate-lint/core';
import { removeStatement } from '../../edits.ts';
import { wasDeployed } from '../deployed.ts';
import { handmadeForeignKey, handmadeIndex } from '../handmade.ts';
import { isStillPromised, promisedBy } from '../kept-promises.ts';
import { lossLevel } from '../loss-level.ts';
import { operationsOf } from '../operations.ts';
import { code } from '../places.ts';
import { migrationOf } from '../same-migration.ts';

export default defineRule({
  id: 'migration/drops-handmade-object',
  level: 'high',
  category: 'migrations',
  needs: ['migrations'],
  docs: {
    summary: 'A generated migration drops an index or foreign key that an earlier migration made by hand.',
    why: `An index that the schema cannot say, or does not say, is to Prisma a difference between the schema and the database: the next
\`migrate dev\` writes a \`DROP INDEX\` among the changes that were asked for, and nobody reads it. With it goes a search that was fast, or,
of a partial unique index, the rule that it held. Prisma's comment above the statement (\`-- DropIndex\`) tells that it was generated, and that the
CREATE INDEX has none tells that it was not. It is high where the index is unique or has what no schema can say (WHERE, an expression, INCLUDE,
an operator class), and medium for a plain one, which you can put into the schema with \`@@index\` and \`map\`. The fix takes the
statement out of the migration. Prisma will write it again: keep \`migrate-lint\` in CI, or declare the index where the schema can.`,
    bad: `-- 20260101000000_init/migration.sql
-- CreateTable
CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 20260102000000_email_unique/migration.sql
CREATE UNIQUE INDEX "User_email_lower_key" ON "User"(lower("email"));
-- 20260103000000_phone/migration.sql
-- DropIndex
DROP INDEX "User_email_lower_key";

-- AlterTable
ALTER TABLE "User" ADD COLUMN "phone" TEXT;`,
    good: `-- 20260101000000_init/migration.sql
-- CreateTable
CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 20260102000000_email_unique/migration.sql
CREATE UNIQUE INDEX "User_email_lower_key" ON "User"(lower("email"));
-- 20260103000000_email/migration.sql
-- it was the only user of the index: search by email is gone
DROP INDEX "User_email_lower_key";`,
    guards: [
      'A statement without Prisma’s comment, or with CONCURRENTLY or IF EXISTS: whoever wrote it meant it.',
      'A migration that does nothing but drop, where the schema could have said the index.',
      'An index that Prisma made (`-- CreateIndex`), unless somebody gave it a WHERE, an expression or INCLUDE.',
      'Another index that starts with the same columns, or a unique or foreign key as strong, is there or made by the migration.',
      'An index that follows one with Prisma’s comment line by line: they stand under one comment.',
      'The columns or the table are dropped by the same migration.',
    ],
  },

  subjects: ({ migrations }) => operationsOf(migrations, ['drop index', 'drop constraint'], { applied: true }),
  check: ({ operation, statement }, { migrations }) => {
    const { table } = operation;
    const index = operation.kind === 'drop index' ? handmadeIndex(operation, statement) : undefined;
    const made = index ?? (operation.kind === 'drop constraint' ? handmadeForeignKey(operation, statement) : undefined);
    if (!made?.createdBy || !table || !wasDeployed(made, statement, migrations)) return undefined;
    if (isStillServed(made, index, table, statement)) return undefined;
    const grave = index === undefined || index.unique || !index.plain || index.operatorClasses.length > 0;
    const problem: Problem = {
      span: operation.span,
      message: `This generated statement drops ${index ? wordsOf(index) : 'the foreign key'} ${code(made.name)} of ${code(table.path)}, which ${code(made.createdBy.migration.name)} made by hand and the schema does not say.`,
      related: [{ message: 'made by hand here', span: made.createdBy.span }],
      ...lossLevel(statement, operation, grave ? 'high' : 'medium'),
    };
    if (statement.migration.applied !== undefined || statement.operations.length > 1) return problem;
    const fix = { title: `Keep ${made.name}`, safety: 'unsafe' as const, edits: removeStatement(statement) };
    return { ...problem, fix };
  },
});

/** Whether it is not missed: its columns or table go, or another one does its work. */
function isStillServed(
  made: { readonly columns: readonly (string | null)[] } & Parameters<typeof promisedBy>[0],
  index: PastIndex | undefined,
  table: PastTable,
  statement: Statement,
): boolean {
  const goes = migrationOf(statement).some(({ operation }) => {
    if (operation.kind === 'drop table') return operation.table.id === table.id;
    if (operation.kind === 'drop column')
      return operation.table.id === table.id && made.columns.includes(operation.column.name);
    if (operation.kind !== 'create index' || operation.table.id !== table.id || !index || index.unique) return false;
    return isServedBy(operation.index, index);
  });
  if (index?.plain === true && !index.unique && isServedByAnother(index, table, statement)) return true;
  return goes || ((index === undefined || index.unique) && isStillPromised(promisedBy(made), table, statement));
}

/** Whether another index that was there before, and stays, does the work of a plain one. */
function isServedByAnother(index: PastIndex, { indexes }: PastTable, statement: Statement): boolean {
  if (index.operatorClasses.length > 0) return false;
  const dropped = migrationOf(statement).flatMap(({ operation }) =>
    operation.kind === 'drop index' && operation.index ? [operation.index.id] : [],
  );
  return indexes.some(other => other.id !== index.id && !dropped.includes(other.id) && isServedBy(other, index));
}

/** Whether the one has the same method and starts with the keys of the other, for at least its rows. */
function isServedBy(one: PastIndex, other: PastIndex): boolean {
  const sameRows = one.predicate === undefined || one.predicate === other.predicate;
  const sameKeys = other.columns.every((name, at) => one.columns.length > at && one.columns[at] === name);
  return one.method === other.method && sameRows && sameKeys;
}

function wordsOf({ unique, predicate, columns, include, method }: PastIndex): string {
  const parts = [
    ...(predicate === undefined ? [] : ['partial']),
    ...(unique ? ['unique'] : []),
    ...(columns.includes(null) ? ['expression'] : []),
    ...(include.length > 0 ? ['covering'] : []),
    ...(method === 'btree' ? [] : [method]),
  ];
  return `the ${[...parts, 'index'].join(' ')}`;
}
