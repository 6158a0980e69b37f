import { defineRule } from '@migrate-lint/core';
import { code } from '../places.ts';

export default defineRule({
  id: 'history/duplicate-version',
  level: 'low',
  category: 'migrations',
  needs: ['migrations'],
  docs: {
    summary: 'Two migrations have the same number, so their names decide which runs first.',
    why: `The number before the name is the order in which migrations run. Where two branches took the same one, the words behind it decide, by
the alphabet: that may be the other order than the one in which they were written and tried. Prisma's own numbers are seconds, so
two that are equal were numbered by hand or by a script.`,
    bad: `-- 20260101000000_init/migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 20260101000000_phone/migration.sql
ALTER TABLE "User" ADD COLUMN "phone" text;`,
    good: `-- 20260101000000_init/migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 20260102000000_phone/migration.sql
ALTER TABLE "User" ADD COLUMN "phone" text;`,
    guards: ['A date is no number of one migration: `20240131_a` and `20240131_b` were written on one day.'],
  },

  subjects: ({ migrations }) => migrations.migrations,
  check: ({ name, span }, { migrations: { migrations } }) => {
    const version = versionOf(name);
    const before = migrations.slice(
      0,
      migrations.findIndex(other => other.name === name),
    );
    const same = before.find(other => version !== undefined && versionOf(other.name) === version);
    if (!same) return undefined;
    return {
      span,
      message: `${code(name)} has the number of ${code(same.name)}, so only the alphabet decides that it runs after it.`,
      related: [{ message: 'the other migration', span: same.span }],
    };
  },
});

/** The number of a name, where it is one of its own: eight digits are a day. */
function versionOf(name: string): string | undefined {
  const [number] = /^\d+/.exec(name) ?? [];
  return number?.length === 8 ? undefined : number;
}
