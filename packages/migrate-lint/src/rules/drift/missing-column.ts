import { defineRule, type ColumnPair, type Comparison } from '@migrate-lint/core';
import { addColumn, mustBeGiven, safetyOf, sqlFix } from '../../edits.ts';
import { code, lacks, places } from '../places.ts';

export default defineRule({
  id: 'drift/missing-column',
  level: 'critical',
  category: 'migrations',
  needs: ['comparison'],
  docs: {
    summary: 'A field has no column in the database.',
    why: `Prisma Client names every column of a model in its SELECTs and INSERTs: one that is missing makes each query of the model fail
with P2022, also those that never use the field. A required field without a default cannot be added to rows that are there in one
step: the fix adds the column, leaves room to fill it, and makes it NOT NULL.`,
    bad: `// schema.prisma
model User {
  id      Int     @id
  isAdmin Boolean @default(false)
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));`,
    good: `// schema.prisma
model User {
  id      Int     @id
  isAdmin Boolean @default(false)
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
ALTER TABLE "User" ADD COLUMN "isAdmin" boolean NOT NULL DEFAULT false;`,
    guards: [
      'The columns of a missing table belong to `drift/missing-table`.',
      'A column that is probably there under another name is a `drift/probable-rename`.',
    ],
  },

  subjects: ({ comparison }) => comparison.columns.filter(({ expected }) => expected),
  check: (pair, { comparison }) => {
    const { expected, actual } = pair;
    if (!expected || actual || isVanished(pair, comparison)) return undefined;
    const safety = safetyOf(expected.table, [expected.name], comparison);
    const hint = mustBeGiven(expected) ? ', fill it for the rows that are there, and make it NOT NULL' : '';
    return {
      ...places(pair),
      message: `The schema promises the column ${code(expected.path)} and ${lacks(comparison, pair)}, so every query of ${code(expected.table.path)} fails.`,
      fix: sqlFix(`Add the column ${code(expected.name)}${hint}`, safety, addColumn(expected)),
    };
  },
});

/** A generated column that the manifest lists: drift/vanished-object tells it, and knows its expression. */
function isVanished(pair: ColumnPair, { manifest }: Comparison): boolean {
  return (manifest?.entries ?? []).some(
    ({ found, object }) => !found && object.kind === 'generated column' && object.path === pair.path,
  );
}
