import { defineRule } from '@migrate-lint/core';
import { deletedMigrations, isSquashed, newMigrations, ownerOf } from '../applied-words.ts';
import { isInFuture, runsBefore } from '../migration-order.ts';
import { code } from '../places.ts';
import { mayMeet } from '../touched-objects.ts';

export default defineRule({
  id: 'history/out-of-order',
  level: 'medium',
  category: 'migrations',
  needs: ['migrations', 'applied', 'today'],
  docs: {
    summary: 'A new migration sorts before one that was merged or applied already.',
    why: `Two branches were open at the same time, and the one that was started first is merged last. Where the other one is applied, this migration runs behind
it; on a new database, and in the shadow database of \`prisma migrate dev\`, it runs before it. If the two touch the same table the results may differ, or one
of the two orders fails. Where they are seen to have nothing to do with each other it is low.

Give the folder a later time before it is merged: \`prisma migrate dev --create-only\` makes one, or rename it. Once it is applied it has to keep its name.`,
    bad: `-- main:20260101000000_init/migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- main:20260120000000_name/migration.sql
ALTER TABLE "User" ADD COLUMN "name" text;
-- 20260101000000_init/migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 20260110000000_phone/migration.sql
ALTER TABLE "User" ADD COLUMN "phone" text;
-- 20260120000000_name/migration.sql
ALTER TABLE "User" ADD COLUMN "name" text;`,
    good: `-- main:20260101000000_init/migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 20260101000000_init/migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 20260110000000_phone/migration.sql
ALTER TABLE "User" ADD COLUMN "phone" text;`,
    guards: [
      'A squash, whose new migration has to be the first.',
      'Behind one whose own time is in the future, or that has no number: `history/future-timestamp` and `history/malformed-name` speak of that one.',
      'One that was applied under another name: `history/deleted-migration` says so.',
    ],
  },

  subjects: ({ migrations, applied }) => (applied.migrations.length === 0 ? [] : newMigrations(migrations, applied)),
  check: (migration, { migrations, applied, today }) => {
    const { name, text, span } = migration;
    const behind = applied.migrations.filter(
      each => runsBefore(name, each.name) && /^\d/.test(each.name) && !isInFuture(each.name, today),
    );
    if (behind.length === 0 || isSquashed(migrations, applied)) return undefined;
    const isRenamed = deletedMigrations(migrations, applied).some(({ owners }) =>
      owners.some(({ ahead, has }) => !ahead && has(text)),
    );
    if (isRenamed) return undefined;
    const here = new Map(migrations.migrations.map(each => [each.name, each]));
    // One that is not here yet may touch anything.
    const entangled = behind.findLast(each => {
      const other = here.get(each.name);
      return !other || mayMeet(migration, other);
    });
    const later = entangled ?? behind.at(-1);
    if (!later) return undefined;
    const place = here.get(later.name);
    return {
      span,
      ...(entangled ? {} : { level: 'low' }),
      message: `The migration ${code(name)} sorts before ${code(later.name)}, which ${ownerOf(later)} already has, so it runs after that one where it is applied and before it on a new database.`,
      ...(place ? { related: [{ message: 'the one that is applied', span: place.span }] } : {}),
    };
  },
});
