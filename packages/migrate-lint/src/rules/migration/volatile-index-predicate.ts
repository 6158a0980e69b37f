import { defineRule } from '@migrate-lint/core';
import { operationsOf } from '../operations.ts';
import { code } from '../places.ts';

/** Another value at another time or in another session, as pg_proc has it: none of these is IMMUTABLE. */
const moving =
  /\b(?:now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday|random|gen_random_uuid|uuid_generate_v[14]|txid_current|nextval|current_setting|age)\s*\(|\b(?:current_(?:date|time|timestamp|user|role|schema)|localtime|localtimestamp|session_user)\b(?!\s*")/i;

export default defineRule({
  id: 'migration/volatile-index-predicate',
  level: 'critical',
  category: 'migrations',
  outdoes: ['history/replay-failure'],
  needs: ['postgresMigrations'],
  docs: {
    summary: 'The condition of a partial index changes with the time, so Postgres refuses the index.',
    why: `A row is put into a partial index, or left out, when it is written, and never again. A condition such as \`"expiresAt" > now()\` would be
wrong a second later, so Postgres refuses it: “functions in index predicate must be marked IMMUTABLE” (SQLSTATE 42P17). The migration
fails on every database, so the level is critical. Leave the time out of the index: an index on \`"expiresAt"\` serves the same query.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "sessions" ("id" integer PRIMARY KEY, "expiresAt" timestamptz NOT NULL);
-- 2_live/migration.sql
CREATE INDEX "sessions_live" ON "sessions"("id") WHERE "expiresAt" > now();`,
    good: `-- 1_init/migration.sql
CREATE TABLE "sessions" ("id" integer PRIMARY KEY, "expiresAt" timestamptz NOT NULL);
-- 2_live/migration.sql
CREATE INDEX "sessions_expiresAt" ON "sessions"("expiresAt");`,
    guards: [
      'Conditions on the row alone (`"deletedAt" IS NULL`), and a column that is called like a function (`"now"`).',
      'CHECK and policies, in which Postgres allows it.',
      'Functions of the project, which may be IMMUTABLE.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) =>
    operationsOf(migrations, ['create index']).filter(({ operation }) => operation.index.predicate !== undefined),
  check: ({ operation }) => {
    const { predicate = '', name } = operation.index;
    const [found] = moving.exec(withoutQuoted(predicate)) ?? [];
    if (found === undefined) return undefined;
    return {
      span: operation.span,
      message: `Postgres refuses the index ${code(name)}, because ${code(found.replace(/\s*\($/, '()'))} in its condition is another value at another time.`,
    };
  },
});

/** Texts and quoted names say no function. */
function withoutQuoted(sql: string): string {
  return sql.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, '""');
}
