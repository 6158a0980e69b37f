import { defineRule } from '@migrate-lint/core';
import { operationsOf } from '../operations.ts';
import { code } from '../places.ts';
import { rewritesTable } from '../table-rewrites.ts';
import { isInUse } from '../tables-in-use.ts';

export default defineRule({
  id: 'migration/exclusion-scan',
  level: 'high',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'An EXCLUDE constraint builds its index on a table in use, and nobody can read the table meanwhile.',
    why: `\`ADD CONSTRAINT … EXCLUDE\` builds an index, compares each row with the others, and holds an ACCESS EXCLUSIVE lock until it is through:
every query on the table waits, a plain SELECT too. How long depends on the size of the table, which a migration does not know. Postgres has no
way around it: neither NOT VALID nor USING INDEX is there for EXCLUDE. What can be done is to choose a quiet hour and say how long others
may wait (\`SET statement_timeout\`), or to make a new table with the constraint, fill it in batches and swap the names. Who has accepted the
wait says so with a \`migrate-lint-ignore\` comment. Production stops while queries wait, so the level is high.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "bookings" ("id" integer PRIMARY KEY, "during" tstzrange NOT NULL);
-- 2_no_overlap/migration.sql
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_during_excl" EXCLUDE USING gist ("during" WITH &&);`,
    good: `CREATE TABLE "bookings" (
  "id" integer PRIMARY KEY,
  "during" tstzrange NOT NULL,
  CONSTRAINT "bookings_during_excl" EXCLUDE USING gist ("during" WITH &&)
);`,
    guards: [
      'A table that the same migration makes has no rows.',
      'The same statement writes the table anew, which builds all its indexes: `migration/type-rewrite` and its like.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) =>
    operationsOf(migrations, ['add constraint']).filter(({ operation }) => operation.constraint.type === 'exclusion'),
  check: (subject, { postgresMigrations: migrations }) => {
    const { operation, statement } = subject;
    const { constraint, table, span, conditional } = operation;
    if (!isInUse(subject, migrations) || rewritesTable(statement)) return undefined;
    return {
      span,
      message: `Adding the EXCLUDE constraint ${code(constraint.name)} takes an ACCESS EXCLUSIVE lock on ${code(table.path)}, which blocks reads and writes until its index is built.`,
      level: conditional ? 'medium' : undefined,
    };
  },
});
