import { defineRule } from '@migrate-lint/core';
import { code } from '../places.ts';

export default defineRule({
  id: 'history/malformed-name',
  level: 'medium',
  category: 'migrations',
  needs: ['migrations'],
  docs: {
    summary: 'The name of a migration is a template that nobody filled in, or lacks the number that orders the others.',
    why: `Prisma runs the folders in the order of their names. A name without the number sorts behind all that have one, now and for ever, so a
migration that is written next year runs before it on a new database and after it on those that exist. A name that still has its
brackets, such as \`[timestamp]_init\`, was copied from a guide.`,
    bad: `-- add_phone/migration.sql
ALTER TABLE "User" ADD COLUMN "phone" text;
-- 20260101000000_init/migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));`,
    good: `-- 20260102000000_add_phone/migration.sql
ALTER TABLE "User" ADD COLUMN "phone" text;
-- 20260101000000_init/migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));`,
    guards: [
      'Any number orders: `0_init`, `000_error_logs`, `2024-01-31-init`.',
      'A history in which no name has a number.',
    ],
  },

  subjects: ({ migrations }) => migrations.migrations,
  check: ({ name, span }, { migrations: { migrations } }) => {
    if (/[[\]<>{}]/.test(name))
      return {
        span,
        message: `The name ${code(name)} is a template that nobody filled in, so the migration runs at a place that nobody chose.`,
      };
    if (/^\d/.test(name) || !migrations.some(other => /^\d/.test(other.name))) return undefined;
    return {
      span,
      message: `The migration ${code(name)} has no number before its name, so on a new database it runs after all that have one.`,
    };
  },
});
