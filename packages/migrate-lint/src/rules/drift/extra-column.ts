import { defineRule } from '@migrate-lint/core';
import { dropColumn, mustBeGiven, renamed, sqlFix } from '../../edits.ts';
import { code, makes, places } from '../places.ts';

export default defineRule({
  id: 'drift/extra-column',
  level: 'high',
  category: 'migrations',
  needs: ['comparison'],
  docs: {
    summary: 'The database has a column that no field names.',
    why: `The next \`prisma migrate dev\` drops it, with its data. If it is NOT NULL and has no default, every INSERT of Prisma Client
fails until then, because the client does not know that it has to give a value.`,
    bad: `// schema.prisma
model User {
  id Int @id
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, "nickname" text, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));`,
    good: `// schema.prisma
model User {
  id       Int     @id
  nickname String?
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, "nickname" text, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));`,
    guards: [
      'Fields with `@ignore` or of an `Unsupported` type are fields.',
      'A column that is probably a field under its old name is a `drift/probable-rename`.',
    ],
  },

  subjects: ({ comparison }) => comparison.columns.filter(({ actual }) => actual),
  check: (pair, { comparison }) => {
    const { expected, actual } = pair;
    if (expected || !actual) return undefined;
    const consequence = mustBeGiven(actual)
      ? 'it is NOT NULL without a default, so every INSERT of Prisma Client fails'
      : 'the next generated migration drops it with its data';
    return {
      ...places(pair),
      message: `${makes(comparison)} the column ${code(pair.path)} that no field names: ${consequence}.`,
      fix: sqlFix(
        `Drop the column ${code(actual.name)} with its data, or take it into the schema with \`prisma db pull\``,
        'unsafe',
        dropColumn(actual, comparison, renamed(actual.table, comparison)),
      ),
    };
  },
});
