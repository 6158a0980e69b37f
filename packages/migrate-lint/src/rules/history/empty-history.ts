import { defineRule } from '@migrate-lint/core';
import { code } from '../places.ts';

/** Whatever can make a table, also as text in a DO block or in a function. */
const makesTables = /\b(?:table|into|import\s+foreign\s+schema)\b/i;

export default defineRule({
  id: 'history/empty-history',
  level: 'critical',
  category: 'migrations',
  needs: ['schema', 'migrations'],
  docs: {
    summary: 'The schema has models, and the migrations make nothing.',
    why: `\`prisma migrate deploy\` runs the migrations and nothing else: on a new database it succeeds, makes no table, and the first query fails. The tables of
the databases that exist were made by \`prisma db push\`, or by migrations that are gone.

Make the first migration from the schema with \`prisma migrate diff --from-empty --to-schema prisma/schema.prisma --script\` (before Prisma 7
\`--to-schema-datamodel\`), and mark it with \`prisma migrate resolve --applied\` in the databases that have the tables.`,
    bad: `// schema.prisma
model User {
  id Int @id
}
-- 1_init/migration.sql
-- This is an empty migration.`,
    good: `// schema.prisma
model User {
  id Int @id
}
-- 1_init/migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));`,
    guards: [
      'A project without a folder of migrations: it uses `prisma db push`.',
      'A schema that has no models yet, or only views and models that Prisma ignores.',
      'Any statement that can make a table, also inside of a DO block.',
      'A folder without its `migration.sql`: `history/missing-sql` says so.',
    ],
  },

  subjects: ({ schema, migrations: { directory, withoutSql } }) =>
    withoutSql.length === 0 && schema.models.some(({ ignored }) => !ignored) ? [{ path: directory }] : [],
  check: (_subject, { schema, migrations: { migrations, directory, lockFile } }) => {
    const unreadable = migrations.some(({ syntaxError }) => syntaxError !== undefined);
    if (unreadable || migrations.some(({ statements }) => statements.some(({ sql }) => makesTables.test(sql))))
      return undefined;
    const count = schema.models.filter(({ ignored }) => !ignored).length;
    const models = count === 1 ? 'one model' : `${String(count)} models`;
    return {
      span: migrations[0]?.span ?? lockFile?.span ?? schema.datasource,
      message: `The schema has ${models} and the migrations in ${code(directory)} make no table, so ${code('prisma migrate deploy')} leaves a new database empty.`,
    };
  },
});
