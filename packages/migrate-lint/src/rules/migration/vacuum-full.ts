import { defineRule } from '@migrate-lint/core';
import { operationsOf } from '../operations.ts';
import { failsInTransaction } from '../outside-transactions.ts';
import { code } from '../places.ts';
import { isInUse } from '../tables-in-use.ts';

const kinds = ['table', 'partitioned table', 'materialized view'] as const;

export default defineRule({
  id: 'migration/vacuum-full',
  level: 'high',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'VACUUM FULL or CLUSTER writes a table anew while nobody can read or write.',
    why: `Both copy the table and all of its indexes into new files under an ACCESS EXCLUSIVE lock, and need as much space again until they are done.
How long depends on the size of the table, which a migration does not know; but nobody cleans up a small one. A plain \`VACUUM\` makes the
space free for new rows and blocks nobody. The extension \`pg_repack\` gives it back to the disk with locks of a moment. Neither is a change
of the schema: run them by hand or by a schedule, not in a migration. Production stops meanwhile, so the level is high.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY);
-- 2_clean_up/migration.sql
VACUUM FULL "orders";`,
    good: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY);
-- 2_clean_up/migration.sql
VACUUM "orders";`,
    guards: [
      'A table that the same migration makes or needs empty (`migration/required-column`), or one that is deployed together with it, and temporary tables.',
      'One that fails because of its transaction: `migration/concurrently-in-transaction`.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => operationsOf(migrations, ['vacuum full', 'cluster']),
  check: (subject, { postgresMigrations: migrations }) => {
    const { operation, statement } = subject;
    const { table, kind, conditional, span } = operation;
    if (failsInTransaction(operation, statement, migrations) || (table && !isInUse(subject, migrations, kinds)))
      return undefined;
    const which = table ? `all of ${code(table.path)}` : 'every table, one after the other,';
    return {
      span,
      message: `${kind.toUpperCase()} writes ${which} anew under an ACCESS EXCLUSIVE lock, which blocks reads and writes until it is done.`,
      fix: { title: 'Run a plain VACUUM, or pg_repack where the space has to go back to the disk', safety: 'unsafe' },
      level: conditional ? 'medium' : undefined,
    };
  },
});
