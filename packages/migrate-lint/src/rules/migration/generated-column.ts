import { defineRule } from '@migrate-lint/core';
import { operationsOf } from '../operations.ts';
import { code } from '../places.ts';
import { rewriteByColumn } from '../table-rewrites.ts';
import { isInUse } from '../tables-in-use.ts';

export default defineRule({
  id: 'migration/generated-column',
  level: 'high',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A new stored generated column is worked out for all rows that are there, so every row is written anew.',
    why: `\`GENERATED ALWAYS AS (…) STORED\` keeps the value in each row. Postgres works it out for all of them, writes the whole table and all of its
indexes anew, and holds an ACCESS EXCLUSIVE lock meanwhile, so that nobody can read or write. How long depends on the size of the table,
which a migration does not know. No statement makes a column that is there a generated one. An index on the expression often serves as
well, and so does a virtual column (Postgres 18), which is worked out when it is read; else a plain column that a trigger fills, with
the old rows filled in batches. Production stops while the table is written, so the level is high.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "posts" ("id" integer PRIMARY KEY, "body" text NOT NULL);
-- 2_search/migration.sql
ALTER TABLE "posts" ADD COLUMN "search" tsvector GENERATED ALWAYS AS (to_tsvector('english', "body")) STORED;`,
    good: `-- 1_init/migration.sql
CREATE TABLE "posts" ("id" integer PRIMARY KEY, "body" text NOT NULL);
-- 2_search/migration.sql
CREATE INDEX CONCURRENTLY "posts_search" ON "posts" USING gin (to_tsvector('english', "body"));`,
    guards: [
      'A virtual column (Postgres 18) is in no row.',
      'A table that the same migration makes or needs empty (`migration/required-column`), or one that is deployed together with it, and temporary tables.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) =>
    operationsOf(migrations, ['add column']).filter(({ operation }) => operation.column.generated !== undefined),
  check: (subject, { postgresMigrations: migrations }) => {
    const { operation, statement } = subject;
    const { table, span } = operation;
    // The clauses of one statement write the table once.
    const alike = statement.operations.flatMap(other =>
      other.kind === 'add column' && rewriteByColumn(other) === 'generated' ? [other] : [],
    );
    if (alike[0] !== operation || !isInUse(subject, migrations)) return undefined;
    const names = alike.map(({ column }) => code(`${table.path}.${column.name}`)).join(' and ');
    return {
      span,
      message: `Adding the stored generated column${alike.length > 1 ? 's' : ''} ${names} writes all of ${code(table.path)} anew under an ACCESS EXCLUSIVE lock, which blocks reads and writes until it is done.`,
      fix: {
        title: 'Index the expression, make the column virtual (Postgres 18), or fill a plain column by a trigger',
        safety: 'unsafe',
      },
    };
  },
});
