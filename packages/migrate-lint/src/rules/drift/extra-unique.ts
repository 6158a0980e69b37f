import { defineRule } from '@migrate-lint/core';
import { dropIndex, sqlFix } from '../../edits.ts';
import { code, makes, places } from '../places.ts';

export default defineRule({
  id: 'drift/extra-unique',
  level: 'medium',
  category: 'integrity',
  needs: ['comparison'],
  docs: {
    summary: 'The database has a unique that the schema does not name.',
    why: `Writes fail with P2002 on a constraint that nobody finds in the schema, and there is no \`findUnique\` by it; the next
\`prisma migrate dev\` drops it, and with it the guarantee. A second unique on the same columns under another name is paid for by
every write and gives nothing.`,
    bad: `// schema.prisma
model User {
  id    Int    @id
  email String
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, "email" text NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");`,
    good: `// schema.prisma
model User {
  id    Int    @id
  email String @unique
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, "email" text NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");`,
    guards: [
      'Partial and expression uniques cannot be said in a schema: `drift/unmanaged-object`.',
      'The unique index of an implicit many-to-many table.',
    ],
  },

  subjects: ({ comparison }) => comparison.uniques.filter(({ actual }) => actual),
  check: (pair, { comparison }) => {
    const { expected, actual } = pair;
    if (expected || !actual) return undefined;
    return {
      ...places(pair),
      message: `${makes(comparison)} the unique ${code(actual.name)} on ${code(actual.columns)} of ${code(actual.table.path)} that the schema does not name, so writes can fail on it and the next generated migration drops it.`,
      fix: sqlFix(
        `Drop the unique ${code(actual.name)}, or take it into the schema with \`@@unique\` or \`prisma db pull\``,
        'unsafe',
        [dropIndex(actual)],
      ),
    };
  },
});
