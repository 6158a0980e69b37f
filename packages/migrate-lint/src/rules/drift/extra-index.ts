import { defineRule } from '@migrate-lint/core';
import { dropIndex, sqlFix } from '../../edits.ts';
import { code, makes, places } from '../places.ts';

export default defineRule({
  id: 'drift/extra-index',
  level: 'medium',
  category: 'performance',
  needs: ['comparison'],
  docs: {
    summary: 'The database has an index that the schema does not name.',
    why: `Somebody made it for a reason, and the next \`prisma migrate dev\` drops it in a migration that is about something else. If it is
wanted, say it in the schema with \`@@index\`; if not, drop it on purpose: every write pays for it.`,
    bad: `// schema.prisma
model Post {
  id       Int @id
  authorId Int
}
-- migration.sql
CREATE TABLE "Post" ("id" integer NOT NULL, "authorId" integer NOT NULL, CONSTRAINT "Post_pkey" PRIMARY KEY ("id"));
CREATE INDEX "Post_authorId_idx" ON "Post"("authorId");`,
    good: `// schema.prisma
model Post {
  id       Int @id
  authorId Int

  @@index([authorId])
}
-- migration.sql
CREATE TABLE "Post" ("id" integer NOT NULL, "authorId" integer NOT NULL, CONSTRAINT "Post_pkey" PRIMARY KEY ("id"));
CREATE INDEX "Post_authorId_idx" ON "Post"("authorId");`,
    guards: [
      'Partial indexes, expression indexes and access methods of extensions cannot be said in a schema: `drift/unmanaged-object`.',
      'The indexes of an extra column belong to `drift/extra-column`.',
    ],
  },

  subjects: ({ comparison }) => comparison.indexes.filter(({ actual }) => actual),
  check: (pair, { comparison }) => {
    const { expected, actual } = pair;
    if (expected || !actual) return undefined;
    return {
      ...places(pair),
      message: `${makes(comparison)} the index ${code(actual.name)} on ${code(actual.columns)} of ${code(actual.table.path)} that the schema does not name, so the next generated migration drops it.`,
      fix: sqlFix(
        `Drop the index ${code(actual.name)}, or take it into the schema with \`@@index\` or \`prisma db pull\``,
        'unsafe',
        [dropIndex(actual)],
      ),
    };
  },
});
