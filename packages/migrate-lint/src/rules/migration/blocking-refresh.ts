import { defineRule, type Fix, type Maintenance, type Statement } from '@migrate-lint/core';
import { rewriteStatement } from '../../edits.ts';
import { concurrently } from '../concurrent-sql.ts';
import { operationsOf } from '../operations.ts';
import { code } from '../places.ts';
import { isInUse } from '../tables-in-use.ts';

export default defineRule({
  id: 'migration/blocking-refresh',
  level: 'high',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A materialized view is refreshed while nobody can read it.',
    why: `\`REFRESH MATERIALIZED VIEW\` holds an ACCESS EXCLUSIVE lock on the view for as long as its query runs, and every request that reads the
view waits. How long depends on the query and on tables whose size a migration does not know; but a view is materialized because its
query is slow. \`REFRESH … CONCURRENTLY\` lets others read on. It needs a unique index on plain columns of the view, without a WHERE, and may
run in a transaction. What reads the view stops meanwhile, so the level is high.
\`WITH NO DATA\` is done in a moment, but leaves a view that cannot be read: medium.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "day" date NOT NULL);
CREATE MATERIALIZED VIEW "sales" AS SELECT "day", count(*) AS "orders" FROM "orders" GROUP BY "day";
CREATE UNIQUE INDEX "sales_day_idx" ON "sales"("day");
-- 2_refresh/migration.sql
REFRESH MATERIALIZED VIEW "sales";`,
    good: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "day" date NOT NULL);
CREATE MATERIALIZED VIEW "sales" AS SELECT "day", count(*) AS "orders" FROM "orders" GROUP BY "day";
CREATE UNIQUE INDEX "sales_day_idx" ON "sales"("day");
-- 2_refresh/migration.sql
REFRESH MATERIALIZED VIEW CONCURRENTLY "sales";`,
    guards: [
      'A view that the same migration makes, or one that is deployed together with it.',
      'A view that was made WITH NO DATA cannot be read before its first refresh anyway.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => operationsOf(migrations, ['refresh']),
  check: (subject, { postgresMigrations: migrations }) => {
    const { operation, statement } = subject;
    const { table, concurrently: isOnline, noData, conditional, span } = operation;
    if (isOnline || table?.populated === false || !isInUse(subject, migrations, ['materialized view']))
      return undefined;
    const view = table ? code(table.path) : 'the view';
    if (noData)
      return {
        span,
        message: `REFRESH MATERIALIZED VIEW … WITH NO DATA empties ${view}, and whoever reads it gets an error until it is refreshed again.`,
        fix: { title: 'Refresh it with its data, or drop the view if nobody reads it', safety: 'unsafe' },
        level: 'medium',
      };
    return {
      span,
      message: `REFRESH MATERIALIZED VIEW takes an ACCESS EXCLUSIVE lock on ${view}, so that nobody can read it until its query is done.`,
      fix: fixOf(operation, statement),
      level: conditional ? 'medium' : undefined,
    };
  },
});

function fixOf({ table, conditional }: Maintenance, statement: Statement): Fix {
  const title = 'Refresh it CONCURRENTLY';
  const key = table?.indexes.find(
    ({ unique, predicate, columns }) => unique && predicate === undefined && !columns.includes(null),
  );
  if (!key)
    return { title: 'Make a unique index on plain columns of the view, and refresh it CONCURRENTLY', safety: 'unsafe' };
  const sql = conditional ? undefined : concurrently(statement.sql);
  return { title, safety: 'unsafe', edits: sql !== undefined ? rewriteStatement(statement, sql) : undefined };
}
