import { defineRule, type PastObject } from '@migrate-lint/core';
import { operationsOf, type OperationOf } from '../operations.ts';
import { code } from '../places.ts';

export default defineRule({
  id: 'history/create-then-drop',
  level: 'low',
  category: 'migrations',
  needs: ['migrations', 'applied'],
  docs: {
    summary: 'A table or column is made and dropped again by migrations that nobody has applied yet.',
    why: `The plan changed while the branch was open. Every database from now on takes the way there and back, with its locks, and a reviewer reads statements
that cancel each other out. While nothing is applied the two can simply go: delete the migrations of the branch and let \`prisma migrate dev\` make one that says
what is left.`,
    bad: `-- main:1_init/migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 1_init/migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 2_phone/migration.sql
ALTER TABLE "User" ADD COLUMN "phone" text;
-- 3_no_phone/migration.sql
ALTER TABLE "User" DROP COLUMN "phone";`,
    good: `-- main:1_init/migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 1_init/migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 2_phone/migration.sql
ALTER TABLE "User" ADD COLUMN "phone" text;`,
    guards: [
      'Where nothing tells what is applied, as on the default branch outside of CI: the history of years drops what it made.',
      'Within one migration: a table to keep rows in while they move.',
      'A name that is there again at the end: another thing took its place.',
      'Temporary tables, and what stands in a DO block.',
    ],
  },

  subjects: ({ migrations, applied }) => {
    // Where nobody knows what is applied, all of the history would be new.
    if (applied.migrations.length === 0) return [];
    const drops = operationsOf(migrations, ['drop table', 'drop column']);
    const byId = new Map(
      drops.filter(({ operation }) => !operation.conditional).map(drop => [idOf(drop.operation), drop]),
    );
    return operationsOf(migrations, ['create table', 'add column']).map(made => ({
      ...made,
      dropped: byId.get(idOf(made.operation)),
    }));
  },
  check: ({ operation, statement, dropped }, { migrations }) => {
    if (!dropped || dropped.statement.migration === statement.migration) return undefined;
    if (operation.conditional || operation.table.temporary) return undefined;
    const { kind } = thingOf(operation);
    const word = kind === 'column' ? kind : 'table';
    if (migrations.lastTouch(word, thingOf(dropped.operation).path)?.action !== 'dropped') return undefined;
    return {
      span: operation.span,
      message: `The ${word} ${code(thingOf(operation).path)} is made here and dropped again by ${code(dropped.statement.migration.name)}, and neither is applied yet, so every database takes a way there and back for nothing.`,
      related: [{ message: 'dropped here', span: dropped.operation.span }],
    };
  },
});

type Operation = OperationOf<'create table' | 'add column' | 'drop table' | 'drop column'>;

function thingOf(operation: Operation): PastObject {
  return operation.kind === 'add column' || operation.kind === 'drop column' ? operation.column : operation.table;
}

/** A table and a column may have the same number. */
function idOf(operation: Operation): string {
  const { kind, id } = thingOf(operation);
  return `${kind === 'column' ? kind : 'table'} ${String(id)}`;
}
