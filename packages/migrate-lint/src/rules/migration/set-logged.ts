import { defineRule } from '@migrate-lint/core';
import { operationsOf } from '../operations.ts';
import { code } from '../places.ts';
import { isInUse } from '../tables-in-use.ts';

export default defineRule({
  id: 'migration/set-logged',
  level: 'high',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'SET LOGGED or SET UNLOGGED writes a table anew while nobody can read or write.',
    why: `A table that enters or leaves the write-ahead log is copied into a new file, with all of its indexes, under an ACCESS EXCLUSIVE lock. How
long depends on the size of the table, which a migration does not know. And an unlogged table is empty after a crash, on a replica, and
after a failover: that is no place for rows that somebody will miss. Make it logged or not when it is made, and move the rows in
batches. Production stops while the table is written, so the level is high.`,
    bad: `-- 1_init/migration.sql
CREATE UNLOGGED TABLE "imports" ("id" integer PRIMARY KEY);
-- 2_keep/migration.sql
ALTER TABLE "imports" SET LOGGED;`,
    good: `-- 1_init/migration.sql
CREATE UNLOGGED TABLE "imports" ("id" integer PRIMARY KEY);
-- 2_keep/migration.sql
CREATE TABLE "kept_imports" ("id" integer PRIMARY KEY);`,
    guards: [
      'A table that is what it shall be: Postgres does nothing.',
      'A table that the same migration makes or needs empty (`migration/required-column`), or one that is deployed together with it.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => operationsOf(migrations, ['set logged', 'set unlogged']),
  check: (subject, { postgresMigrations: migrations }) => {
    const { table, kind, conditional, span } = subject.operation;
    // Of a table that no statement made, nothing tells what it is.
    const isDone = table.createdBy !== undefined && table.unlogged === (kind === 'set unlogged');
    if (isDone || !isInUse(subject, migrations)) return undefined;
    const more = kind === 'set unlogged' ? ', and a crash empties the table from then on' : '';
    return {
      span,
      message: `${kind.toUpperCase()} writes all of ${code(table.path)} anew under an ACCESS EXCLUSIVE lock, which blocks reads and writes until it is done${more}.`,
      fix: { title: 'Make a new table that is what it shall be, and move the rows in batches', safety: 'unsafe' },
      level: conditional ? 'medium' : undefined,
    };
  },
});
