import { defineRule } from '@migrate-lint/core';
import { dropTable, sqlFix } from '../../edits.ts';
import { code, makes, places } from '../places.ts';

export default defineRule({
  id: 'drift/extra-table',
  level: 'high',
  category: 'migrations',
  needs: ['comparison'],
  docs: {
    summary: 'The database has a table that no model names.',
    why: `The next \`prisma migrate dev\` writes DROP TABLE into a migration that is about something else, and the rows are gone when it
is deployed. Either the table is wanted, then the schema must have it (\`prisma db pull\`, or \`tables.external\` in the Prisma config
when somebody else owns it), or it is not, then a migration of its own should drop it.`,
    bad: `// schema.prisma
model User {
  id Int @id
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE TABLE "Legacy" ("key" text NOT NULL, CONSTRAINT "Legacy_pkey" PRIMARY KEY ("key"));`,
    good: `// schema.prisma
model User {
  id Int @id
}

model Legacy {
  key String @id
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE TABLE "Legacy" ("key" text NOT NULL, CONSTRAINT "Legacy_pkey" PRIMARY KEY ("key"));`,
    guards: [
      'Models with `@@ignore` are models.',
      'Tables of schemas that the datasource does not manage, of extensions, of `tables.external`, partitions and `_prisma_migrations`.',
      'A table that is probably a model under its old name is a `drift/probable-rename`.',
    ],
  },

  subjects: ({ comparison }) => comparison.tables.filter(({ actual }) => actual),
  check: (pair, { comparison }) => {
    const { expected, actual } = pair;
    if (expected || !actual) return undefined;
    return {
      ...places(pair),
      message: `${makes(comparison)} the table ${code(actual.path)} that no model names, so the next generated migration drops it with all of its rows.`,
      fix: sqlFix(
        `Drop the table ${code(actual.path)} with its rows, or take it into the schema with \`prisma db pull\``,
        'unsafe',
        dropTable(actual, comparison),
      ),
    };
  },
});
