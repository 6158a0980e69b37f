import { defineRule } from '@migrate-lint/core';
import { code } from '../places.ts';

export default defineRule({
  id: 'history/out-of-band-sql',
  level: 'medium',
  category: 'migrations',
  needs: ['looseSql'],
  docs: {
    summary: 'An SQL file beside the migrations makes objects that no migration makes, and nothing runs it.',
    why: `Triggers, policies and functions that no .prisma file can say often lie in a file of their own, to be run by hand. Somebody did that once in
production; a new database, the preview environment and the disaster recovery do not have them, and what they guard is open there. Nothing here looks
into them either: rules and replay see what the migrations make. It is medium, because a script of another repository may run the file.

Put the statements into a migration: \`prisma migrate dev --create-only\` makes the folder, and \`prisma migrate resolve --applied\` tells the databases that
have the objects already.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- prisma/policies.sql
CREATE POLICY own ON "User" USING (true);`,
    good: `-- 1_init/migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 2_policies/migration.sql
CREATE POLICY own ON "User" USING (true);
-- prisma/policies.sql
CREATE POLICY own ON "User" USING (true);`,
    guards: [
      'What takes a migration back, seeds, fixtures, dumps, backups, drafts, tests and queries, by the names of file and folder.',
      'A file whose objects the migrations make too: it is a copy to read.',
      'A file that code, a script, a container or CI of the project names, or its folder.',
      'A file without DDL, and one that Postgres’s parser cannot read: a script of psql, or of another database.',
    ],
  },

  subjects: ({ looseSql }) => looseSql.files,
  check: ({ path, made, namedIn, text }) => {
    const missing = made.filter(({ inMigrations }) => !inMigrations);
    const [first] = missing;
    if (!first || namedIn !== undefined) return undefined;
    const more = missing.length === 1 ? '' : ` and ${String(missing.length - 1)} more`;
    // A file half of which is in the migrations would fail on the half that is.
    const isWhole = missing.length === made.length;
    return {
      span: first.span,
      message: `The file ${code(path)} makes the ${first.kind} ${code(first.path)}${more}, no migration does, and nothing in the project runs it, so a new database does not have ${missing.length === 1 ? 'it' : 'them'}.`,
      ...(isWhole
        ? {
            fix: {
              title: `Run the statements of ${code(path)} in a migration`,
              safety: 'unsafe',
              sql: text.replace(/^\uFEFF/, '').trim(),
            },
          }
        : {}),
    };
  },
});
