import { defineRule } from '@migrate-lint/core';
import { createIndex, dropIndex, sqlFix } from '../../edits.ts';
import { code, lacks, places } from '../places.ts';

export default defineRule({
  id: 'drift/missing-unique',
  level: 'critical',
  category: 'integrity',
  needs: ['comparison'],
  docs: {
    summary: 'A unique of the schema is not held by the database.',
    why: `Two requests at the same time write the same value twice, and no check in the code can prevent it. \`findUnique\` then returns one of
the rows, and \`upsert\` with ON CONFLICT fails, because Postgres finds no index for it. Duplicates that are there already have to be
resolved before the fix runs; its comment has the query that finds them.`,
    bad: `// schema.prisma
model User {
  id    Int    @id
  email String @unique
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, "email" text NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));`,
    good: `// schema.prisma
model User {
  id    Int    @id
  email String @unique
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, "email" text NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");`,
    guards: [
      'A UNIQUE constraint is as good as a unique index, and the name does not matter (`drift/constraint-name`).',
      'A partial, deferrable or invalid unique on the same columns is a `drift/weak-unique`.',
    ],
  },

  subjects: ({ comparison }) => comparison.uniques.filter(({ expected }) => expected),
  check: (pair, { comparison }) => {
    const { expected, actual } = pair;
    if (!expected || (actual && !pair.changed)) return undefined;
    const [table, columns] = [code(expected.table.path), code(expected.columns)];
    const reason = actual ? `the index ${code(actual.name)} does not hold it` : lacks(comparison, pair);
    return {
      ...places(pair),
      message: `The schema promises that ${columns} is unique in ${table} and ${reason}, so duplicates can be written.`,
      fix: sqlFix(`Resolve duplicates and make ${columns} unique in ${table}`, 'unsafe', [
        ...(actual ? [dropIndex(actual)] : []),
        createIndex(expected),
      ]),
    };
  },
});
