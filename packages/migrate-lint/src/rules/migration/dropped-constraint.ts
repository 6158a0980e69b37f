import { defineRule, type Operation, type PastConstraint, type PastIndex, type PastTable } from '@migrate-lint/core';
import { wasDeployed } from '../deployed.ts';
import { handmadeForeignKey, handmadeIndex } from '../handmade.ts';
import { isStillPromised, promisedBy, type Promised } from '../kept-promises.ts';
import { lossLevel } from '../loss-level.ts';
import { operationsOf, type OperationOf } from '../operations.ts';
import { code } from '../places.ts';
import { migrationOf } from '../same-migration.ts';

const promises: Readonly<Record<PastConstraint['type'], (table: string, columns: string) => string>> = {
  primary: table => `${table} has no primary key any more`,
  unique: (_, columns) =>
    `${columns} may hold duplicates from then on, and upserts of deployed clients on that may fail`,
  foreign: (_, columns) => `${columns} may point at rows that are not there from then on`,
  check: table => `${table} takes rows from then on that it refused`,
  exclusion: table => `${table} takes rows from then on that exclude each other`,
};

export default defineRule({
  id: 'migration/dropped-constraint',
  level: 'medium',
  category: 'integrity',
  needs: ['migrations'],
  docs: {
    summary: 'A migration drops a constraint or a unique index and puts nothing in its place.',
    why: `From then on the database takes rows that it refused, and the day on which somebody wants the constraint back there are rows that
break it. Prisma's \`upsert\` on the columns of a unique is mostly an INSERT … ON CONFLICT, which fails without it in the
clients that still run. The relation or \`@unique\` was mostly taken out of the schema on purpose, so this is medium; a table
without a primary key is high, for replication and Prisma need one. If the columns stay, think of a CHECK or a partial unique that still holds
what is meant, and add it in the same migration.`,
    bad: `-- 20260101000000_init/migration.sql
CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");
-- 20260102000000_email/migration.sql
-- DropIndex
DROP INDEX "User_email_key";`,
    good: `-- 20260101000000_init/migration.sql
CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");
-- 20260102000000_email/migration.sql
DROP INDEX "User_email_key";
ALTER TABLE "User" ADD CONSTRAINT "User_email_key" UNIQUE ("email");`,
    guards: [
      'The same migration adds one as strong: a foreign key on the same columns, or on more that are never NULL, a unique or primary key on some of them, a CHECK on one of them. A condition is not compared with another one.',
      'Another one that is as strong stays.',
      'A column of it, its table or the table that a foreign key points at is dropped by the migration.',
      '`CHECK (x IS NOT NULL)` of a column that is NOT NULL; a CHECK of a column that becomes an enum.',
      'A constraint that this migration makes, or one that goes out with it.',
      'A unique index by hand that a generated migration drops: `migration/drops-handmade-object` speaks of it.',
    ],
  },

  subjects: ({ migrations }) => operationsOf(migrations, ['drop constraint', 'drop index'], { applied: true }),
  check: ({ operation, statement }, { migrations }) => {
    const { table } = operation;
    const held = heldBy(operation);
    if (!table || !held || table.temporary || !wasDeployed(table, statement, migrations)) return undefined;
    if (!wasDeployed(held, statement, migrations)) return undefined;
    if (
      operation.kind === 'drop index' ? handmadeIndex(operation, statement) : handmadeForeignKey(operation, statement)
    )
      return undefined;
    const promised = promisedBy(held);
    if (isStillPromised(promised, table, statement)) return undefined;
    const done = migrationOf(statement).map(each => each.operation);
    if (done.some(other => makesIdle(other, held, promised, table))) return undefined;
    if ('notNull' in held && held.notNull !== undefined && isNotNull(held.notNull, table, done)) return undefined;
    const columns = promised.columns.every(name => name === null)
      ? code(held.name)
      : code(promised.columns.map(name => name ?? '…'));
    return {
      span: operation.span,
      message: `${code(held.name)} of ${code(table.path)} is dropped and nothing as strong takes its place, so ${promises[promised.type](code(table.path), columns)}.`,
      related: held.createdBy ? [{ message: 'made here', span: held.createdBy.span }] : [],
      ...lossLevel(statement, operation, promised.type === 'primary' ? 'high' : 'medium'),
    };
  },
});

function heldBy(operation: OperationOf<'drop constraint' | 'drop index'>): PastConstraint | PastIndex | undefined {
  if (operation.kind === 'drop constraint') return operation.constraint;
  return operation.index?.unique === true ? operation.index : undefined;
}

/** Whether there is nothing left to hold, or another thing holds it. */
function makesIdle(
  other: Operation,
  held: PastConstraint | PastIndex,
  { columns, type }: Promised,
  table: PastTable,
): boolean {
  if (other.kind === 'drop table')
    return other.table.id === table.id || ('referencedTable' in held && other.table.path === held.referencedTable);
  if (other.kind === 'drop column') return other.table.id === table.id && columns.includes(other.column.name);
  return (
    other.kind === 'alter type' &&
    type === 'check' &&
    other.table.id === table.id &&
    columns.includes(other.column.name)
  );
}

function isNotNull(name: string, table: PastTable, done: readonly Operation[]): boolean {
  const isSet = done.some(
    other => other.kind === 'set not null' && other.table.id === table.id && other.column.name === name,
  );
  return isSet || table.column(name)?.notNull === true;
}
