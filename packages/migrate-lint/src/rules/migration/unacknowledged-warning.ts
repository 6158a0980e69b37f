import { defineRule } from '@migrate-lint/core';
import { expectAppliedKnown } from '../deployed.ts';
import { code } from '../places.ts';
import { isUnspokenWarning } from '../prisma-warnings.ts';

export default defineRule({
  id: 'migration/unacknowledged-warning',
  level: 'low',
  category: 'migrations',
  needs: ['migrations'],
  docs: {
    summary: 'Prisma wrote a warning at the top of a migration of which no other rule speaks.',
    why: `Prisma knows when it writes a statement that may lose data or fail, says so in a comment at the top of the file, and runs it all the
same. Of drops, casts, required columns, uniques and enum values the rules of this group speak where they stand, with what is really
there. What is left, such as a changed primary key, is low: read it, and say in a suppression that you did, and what you found:
\`-- migrate-lint-ignore-file migration/unacknowledged-warning -- …\`.`,
    bad: `-- 20260101000000_init/migration.sql
CREATE TABLE "Tag" ("id" INTEGER NOT NULL, "name" TEXT NOT NULL, CONSTRAINT "Tag_pkey" PRIMARY KEY ("id"));
-- 20260102000000_key/migration.sql
/*
  Warnings:

  - The primary key for the \`Tag\` table will be changed. If it partially fails, the table could be left without primary key constraint.

*/
-- AlterTable
ALTER TABLE "Tag" DROP CONSTRAINT "Tag_pkey",
ADD CONSTRAINT "Tag_pkey" PRIMARY KEY ("name");`,
    good: `-- 20260101000000_init/migration.sql
CREATE TABLE "Tag" ("id" INTEGER NOT NULL, "name" TEXT, CONSTRAINT "Tag_pkey" PRIMARY KEY ("id"));
-- 20260102000000_name/migration.sql
/*
  Warnings:

  - You are about to drop the column \`name\` on the \`Tag\` table. All the data in the column will be lost.

*/
-- AlterTable
ALTER TABLE "Tag" DROP COLUMN "name";`,
    guards: [
      'A warning whose hazard another rule of this group reports at its statement.',
      'Other words in the block: somebody has written them, and so has read it.',
      'A migration that is applied.',
    ],
  },

  subjects: ({ migrations }) => {
    expectAppliedKnown(migrations);
    return migrations.migrations.filter(({ warnings, applied }) => warnings.length > 0 && applied === undefined);
  },
  check: ({ warnings }) => {
    const unspoken = warnings.filter(({ text }) => isUnspokenWarning(text));
    const [first, ...others] = unspoken;
    if (!first) return undefined;
    return {
      span: first.span,
      message: `Prisma warns in this migration, and nothing says that somebody has read it: ${code(first.text.replaceAll('`', "'"))}.`,
      related: others.map(({ span }) => ({ message: 'another warning', span })),
    };
  },
});
