import { defineRule } from '@migrate-lint/core';
import { operationsOf } from '../operations.ts';
import { code } from '../places.ts';
import { isSetAlready } from '../table-storage.ts';
import { isInUse } from '../tables-in-use.ts';

export default defineRule({
  id: 'migration/set-tablespace',
  level: 'high',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A table moves to another tablespace, and is copied while nobody can read or write.',
    why: `The files of the table are copied to the other disk under an ACCESS EXCLUSIVE lock. How long depends on the size of the table, which a
migration does not know. \`pg_repack --tablespace\` moves it with locks of a moment. Where a table lies is a matter of the server and not
of the schema, and managed hosts have one tablespace only, so it is better done by hand than in a migration. Production stops while the
table is copied, so the level is high.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY);
-- 2_move/migration.sql
ALTER TABLE "orders" SET TABLESPACE "fast_disk";`,
    good: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY);
-- 2_new_table/migration.sql
CREATE TABLE "archive" ("id" integer PRIMARY KEY) TABLESPACE "fast_disk";`,
    guards: [
      'The tablespace that the table is in: Postgres does nothing. That is `pg_default` until a statement says another one.',
      'A partitioned table has no rows of its own: only partitions that are made later go there.',
      'A table that the same migration makes or needs empty (`migration/required-column`), or one that is deployed together with it, and temporary tables.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => operationsOf(migrations, ['set tablespace']),
  check: (subject, { postgresMigrations: migrations }) => {
    const { table, name = '', conditional, span } = subject.operation;
    if (!isInUse(subject, migrations, ['table', 'materialized view'])) return undefined;
    if (isSetAlready(subject, migrations, 'pg_default')) return undefined;
    return {
      span,
      message: `Moving ${code(table.path)} to the tablespace ${code(name)} copies all of it under an ACCESS EXCLUSIVE lock, which blocks reads and writes until it is done.`,
      fix: { title: 'Move it by hand with pg_repack', safety: 'unsafe' },
      level: conditional ? 'medium' : undefined,
    };
  },
});
