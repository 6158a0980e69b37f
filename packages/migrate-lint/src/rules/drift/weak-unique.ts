import { defineRule, type IndexWeakness, type TableIndex } from '@migrate-lint/core';
import { createIndex, dropIndex, sqlFix } from '../../edits.ts';
import { code, places } from '../places.ts';

export default defineRule({
  id: 'drift/weak-unique',
  level: 'critical',
  category: 'integrity',
  needs: ['comparison'],
  docs: {
    summary: 'A unique of the schema is partial, deferrable, invalid or on an expression in the database.',
    why: `The schema says that there is one row, and the index lets a second one in: where its predicate does not hold, before the transaction
ends, or always when it is invalid. \`findUnique\` returns any of them, and the \`upsert\` that Prisma Client sends as ON CONFLICT fails,
because Postgres takes none of these indexes for it. Prisma's own diff does not see the difference. If the rows outside of the predicate
are meant to repeat, take the unique out of the schema, keep the index, and use \`findFirst\`.`,
    bad: `// schema.prisma
model User {
  id        Int       @id
  email     String    @unique
  deletedAt DateTime?
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, "email" text NOT NULL, "deletedAt" timestamp(3), CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE UNIQUE INDEX "User_email_key" ON "User"("email") WHERE "deletedAt" IS NULL;`,
    good: `// schema.prisma
model User {
  id        Int       @id
  email     String    @unique
  deletedAt DateTime?
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, "email" text NOT NULL, "deletedAt" timestamp(3), CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");`,
    guards: [
      'NULLS NOT DISTINCT is stronger than what the schema says.',
      'A `where` in the schema makes a partial index the right one.',
    ],
  },

  subjects: ({ comparison }) => comparison.uniques.filter(({ expected, actual }) => expected && actual),
  check: pair => {
    const { expected, actual, weakness } = pair;
    if (!expected || !actual || weakness === undefined) return undefined;
    const [table, columns] = [code(expected.table.path), code(expected.columns)];
    return {
      ...places(pair),
      // Made on purpose, to sort rows anew: it holds at the end of the transaction.
      level: weakness === 'deferrable' ? 'high' : undefined,
      message: `The schema promises that ${columns} is unique in ${table}, but ${code(actual.name)} ${words(weakness, actual)}, and an upsert by it fails.`,
      fix: sqlFix(`Resolve duplicates and make ${columns} unique in ${table} without exception`, 'unsafe', [
        dropIndex(actual),
        createIndex(expected),
      ]),
    };
  },
});

function words(weakness: IndexWeakness, index: TableIndex): string {
  switch (weakness) {
    case 'partial':
      return `lets duplicates in but where ${code(index.predicate ?? '')}`;
    case 'deferrable':
      return 'is DEFERRABLE and lets duplicates in until a transaction ends';
    case 'invalid':
      return 'is invalid and lets duplicates in';
    case 'expression':
      return `is on ${code(index.keys.map(key => key.definition))} and holds something else`;
  }
}
