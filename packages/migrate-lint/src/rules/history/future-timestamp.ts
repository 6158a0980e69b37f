import { defineRule } from '@migrate-lint/core';
import { dayOf, isInFuture } from '../migration-order.ts';
import { code } from '../places.ts';

export default defineRule({
  id: 'history/future-timestamp',
  level: 'medium',
  category: 'migrations',
  needs: ['migrations', 'today'],
  docs: {
    summary: 'The time in the name of a migration is in the future.',
    why: `Prisma runs the folders in the order of their names. Until that day comes, each migration that it makes with the real time sorts before this one: it
runs after it where this one is applied, and before it on a new database, where it may need what this one makes. A clock was wrong, or the number was
written by hand. Give the folder the time of now while it is not applied; one that is applied has to keep its name, so there it is low.`,
    bad: `-- 20260101000000_init/migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 20991231000000_phone/migration.sql
ALTER TABLE "User" ADD COLUMN "phone" text;`,
    good: `-- 20250101000000_init/migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 20250102000000_phone/migration.sql
ALTER TABLE "User" ADD COLUMN "phone" text;`,
    guards: [
      'Tomorrow: somewhere on earth it is tomorrow already.',
      'A number that is no date: `0_init`, `20261301_step`, milliseconds.',
    ],
  },

  subjects: ({ migrations }) => migrations.migrations,
  check: ({ name, span, applied }, { today }) => {
    if (!isInFuture(name, today)) return undefined;
    return {
      span,
      ...(applied === undefined ? {} : { level: 'low' }),
      message: `The time of the migration ${code(name)} is in the future (${dayOf(name) ?? ''}), so each one that Prisma makes before that day runs before it on a new database and after it where it is applied.`,
    };
  },
});
