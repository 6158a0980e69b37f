import { defineRule } from '@migrate-lint/core';
import { operationsOf } from '../operations.ts';
import { code } from '../places.ts';
import { isSetAlready } from '../table-storage.ts';
import { isInUse } from '../tables-in-use.ts';

export default defineRule({
  id: 'migration/set-access-method',
  level: 'high',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A table gets another access method, and is written anew while nobody can read or write.',
    why: `\`SET ACCESS METHOD\` (Postgres 15) copies all rows into the other format, and builds all indexes anew, under an ACCESS EXCLUSIVE lock. How
long depends on the size of the table, which a migration does not know. Make a new table with the other method, keep it alike by a
trigger, fill it in batches, and swap the names. Production stops while the table is written, so the level is high.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "events" ("id" bigint PRIMARY KEY);
-- 2_columns/migration.sql
ALTER TABLE "events" SET ACCESS METHOD "columnar";`,
    good: `-- 1_init/migration.sql
CREATE TABLE "events" ("id" bigint PRIMARY KEY);
-- 2_columns/migration.sql
ALTER TABLE "events" SET ACCESS METHOD heap;`,
    guards: [
      'The method that the table has: Postgres does nothing. That is `heap` until a statement says another one.',
      'A partitioned table has no rows of its own.',
      'A table that the same migration makes or needs empty (`migration/required-column`), or one that is deployed together with it, and temporary tables.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => operationsOf(migrations, ['set access method']),
  check: (subject, { postgresMigrations: migrations }) => {
    const { table, name = '', conditional, span } = subject.operation;
    if (!isInUse(subject, migrations, ['table', 'materialized view'])) return undefined;
    if (isSetAlready(subject, migrations, 'heap')) return undefined;
    return {
      span,
      message: `Changing the access method of ${code(table.path)} to ${code(name)} writes all of it anew under an ACCESS EXCLUSIVE lock, which blocks reads and writes until it is done.`,
      fix: {
        title: 'Make a new table with this access method, fill it in batches, and swap the names',
        safety: 'unsafe',
      },
      level: conditional ? 'medium' : undefined,
    };
  },
});
