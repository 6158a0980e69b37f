import { defineRule, type Fix, type IndexChange, type Migrations, type Statement } from '@migrate-lint/core';
import { removeStatement, sqlFix } from '../../edits.ts';
import { concurrently } from '../concurrent-sql.ts';
import { isNamedLater } from '../later-statements.ts';
import { operationsOf } from '../operations.ts';
import { failsInTransaction } from '../outside-transactions.ts';
import { code } from '../places.ts';
import { isInUse } from '../tables-in-use.ts';

export default defineRule({
  id: 'migration/blocking-reindex',
  level: 'high',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'An index in use is built anew while nobody can write to the table or read through the index.',
    why: `\`REINDEX\` holds a SHARE lock on the table, so that every write waits, and an ACCESS EXCLUSIVE lock on the index: every query whose planner
only looks at that index waits as well, which is nearly every query on the table. Both stay until the index is built, which takes as long
as the table is large. \`REINDEX … CONCURRENTLY\` (Postgres 12 and later) builds a second index beside the first and swaps them; it has to
be the only statement of its migration. Production stops meanwhile, so the level is high.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "email" text NOT NULL);
CREATE INDEX "orders_email_idx" ON "orders"("email");
-- 2_reindex/migration.sql
REINDEX INDEX "orders_email_idx";`,
    good: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "email" text NOT NULL);
CREATE INDEX "orders_email_idx" ON "orders"("email");
-- 2_reindex/migration.sql
REINDEX INDEX CONCURRENTLY "orders_email_idx";`,
    guards: [
      'A table that the same migration makes or needs empty (`migration/required-column`), or one that is deployed together with it, and temporary tables.',
      'One that fails because of its transaction: `migration/concurrently-in-transaction`.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => operationsOf(migrations, ['reindex']),
  check: (subject, { postgresMigrations: migrations }) => {
    const { operation, statement } = subject;
    if (operation.concurrently || failsInTransaction(operation, statement, migrations)) return undefined;
    const { target, span } = operation;
    if (!isWide(operation) && !isInUse(subject, migrations)) return undefined;
    const built = {
      index: 'the index',
      table: 'the indexes of',
      schema: 'every index of the schema',
      database: 'every index of the database',
      system: 'every index of the system catalogs of',
    };
    return {
      span,
      message: `Building ${built[target]} ${code(operation.name)} anew blocks every write to ${tableOf(operation)} with a SHARE lock, and every read that could use the index with an ACCESS EXCLUSIVE lock, until it is done.`,
      fix: fixOf(operation, statement, migrations),
    };
  },
});

/** Whether it names no index and no table. */
function isWide({ target }: IndexChange): boolean {
  return target === 'schema' || target === 'database' || target === 'system';
}

function tableOf(operation: IndexChange): string {
  if (isWide(operation)) return 'the table at hand';
  return operation.table ? code(operation.table.path) : 'its table';
}

function fixOf({ conditional, index, table }: IndexChange, statement: Statement, history: Migrations): Fix {
  const title = 'Use REINDEX CONCURRENTLY in a migration of its own';
  const isTied = [index?.name, table?.name].some(name => name !== undefined && isNamedLater(name, statement, history));
  const sql = conditional || isTied ? undefined : concurrently(statement.sql);
  if (sql === undefined) return { title, safety: 'unsafe' };
  return { ...sqlFix(title, 'unsafe', [{ phase: 'create index', sql }]), edits: removeStatement(statement) };
}
