import { defineRule } from '@migrate-lint/core';
import { deletedMigrations, isSquashed, newMigrations, ownerOf } from '../applied-words.ts';
import { code } from '../places.ts';

/** What has this in it finds out for itself that it was done. */
const runsTwice = /\bif\s+(?:not\s+)?exists\b|\bor\s+replace\b/i;

export default defineRule({
  id: 'history/deleted-migration',
  level: 'high',
  category: 'migrations',
  needs: ['migrations', 'applied'],
  docs: {
    summary: 'A migration that was merged or applied is gone, or has another name.',
    why: `A new database never gets what the migration did, while those that ran it keep it: from then on they differ. \`prisma migrate dev\` finds a name in
\`_prisma_migrations\` that no folder has and asks to reset the database; \`prisma migrate deploy\` says nothing.

Under another name it is a new migration to Prisma: \`migrate deploy\` runs it a second time, \`CREATE TABLE\` fails because the table is there, and no
deploy passes any more. That is critical, and medium where each statement says \`IF NOT EXISTS\`. Restore the folder under its old name, and take back in a new migration what it did.`,
    bad: `-- main:1_init/migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- main:2_phone/migration.sql
ALTER TABLE "User" ADD COLUMN "phone" text;
-- 1_init/migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));`,
    good: `-- main:1_init/migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- main:2_phone/migration.sql
ALTER TABLE "User" ADD COLUMN "phone" text;
-- 1_init/migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 2_phone/migration.sql
ALTER TABLE "User" ADD COLUMN "phone" text;
-- 3_no_phone/migration.sql
ALTER TABLE "User" DROP COLUMN "phone";`,
    guards: [
      'A squash: the oldest migrations are gone, and a new one stands in front of all that are left.',
      'What the base branch got after this work left it.',
      'A folder that is there without its file: `history/missing-sql` says so.',
      'What only the database of `--url` knows is low: another branch may have applied it there.',
    ],
  },

  subjects: ({ migrations, applied }) => {
    const deleted = new Set(deletedMigrations(migrations, applied));
    return applied.migrations
      .filter(({ owners }) => owners.some(({ ahead }) => !ahead))
      .map(migration => ({ path: migration.path, migration, isGone: deleted.has(migration) }));
  },
  check: ({ migration, isGone }, { migrations, applied }) => {
    if (!isGone) return undefined;
    const name = code(migration.name);
    const owner = ownerOf(migration);
    const renamed = newMigrations(migrations, applied).find(({ text }) =>
      migration.owners.some(({ ahead, has }) => !ahead && text.trim() !== '' && has(text)),
    );
    if (renamed)
      return {
        span: renamed.span,
        level: renamed.statements.every(({ sql }) => runsTwice.test(sql)) ? 'medium' : 'critical',
        message: `The migration ${name}, which ${owner} has, is called ${code(renamed.name)} now, so Prisma takes it for a new one and runs it a second time wherever it is applied.`,
      };
    if (isSquashed(migrations, applied)) return undefined;
    const onlyInDatabase = migration.owners.every(({ kind }) => kind === 'database');
    return {
      span: null,
      ...(onlyInDatabase ? { level: 'low' } : {}),
      message: `The migration ${name}, which ${owner} has, is not there any more, so a new database never gets what it did and ${code('prisma migrate dev')} asks to reset those that ran it.`,
    };
  },
});
