import { defineRule, type Statement, type Write } from '@migrate-lint/core';
import { isFresh } from '../fresh-columns.ts';
import { isAdded } from '../migration-start.ts';
import { operationsOf } from '../operations.ts';
import { code } from '../places.ts';
import { isInUse } from '../tables-in-use.ts';

export default defineRule({
  id: 'migration/unbatched-backfill',
  level: 'medium',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A new column is filled in for all rows at once.',
    why: `One UPDATE of a whole table writes each row anew, locks every one of them until it ends, and doubles the table for the time being.
Writes of the application to those rows wait; replicas fall behind. For some ten thousand rows nobody notices. For many more, add the column
without a value, let the new code write it, fill in the old rows outside of the migration in batches of a few thousand with a commit
after each, and make the column required at the end. A constant is best given as the column’s default, which Postgres 11 and later add
without touching a row. The size of the table is not known here, so the level is medium.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "email" text NOT NULL);
-- 2_domain/migration.sql
ALTER TABLE "orders" ADD COLUMN "domain" text;
UPDATE "orders" SET "domain" = split_part("email", '@', 2);`,
    good: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "email" text NOT NULL);
-- 2_domain/migration.sql
ALTER TABLE "orders" ADD COLUMN "domain" text;`,
    guards: [
      'A table that the same migration makes, or that is deployed with it; a temporary table.',
      'A write in batches (LIMIT, a range of keys).',
      'A condition on other columns than those that are filled in, which may be a few rows.',
      'UPDATE without a condition of a column that was there before the last two migrations: `migration/unfiltered-write`.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => operationsOf(migrations, ['update']),
  check: (subject, { postgresMigrations: migrations }) => {
    const { operation, statement } = subject;
    const [table] = operation.tables;
    if (!table || operation.batched || !isInUse({ operation: { ...operation, table }, statement }, migrations))
      return undefined;
    const added = operation.columns.filter(name => {
      const column = table.column(name);
      return isAdded(name, table, statement) || (column !== undefined && isFresh(column, statement, migrations));
    });
    if (added.length === 0 || !(operation.everyRow || isOfEmpty(operation, added))) return undefined;
    return {
      span: operation.span,
      level: operation.conditional ? 'low' : undefined,
      message: `Filling in ${code(added.join(', '))} writes every row of ${code(table.path)} anew in one transaction, and other writes to those rows wait until it ends.`,
      related: related(added, table, statement),
    };
  },
});

/** `WHERE new IS NULL`: that is every row. */
function isOfEmpty({ where = '' }: Write, added: readonly string[]): boolean {
  const column = /^\s*\(?\s*(?:(?:"(?:[^"]|"")+"|\w+)\s*\.\s*)?(?:"((?:[^"]|"")+)"|(\w+))\s+IS\s+NULL\s*\)?\s*$/i.exec(
    where,
  );
  const name = column?.[1]?.replaceAll('""', '"') ?? column?.[2];
  return name !== undefined && added.includes(name);
}

function related(added: readonly string[], table: Write['tables'][number], { migration }: Statement) {
  const [made] = migration.statements.flatMap(({ operations }) =>
    operations.filter(
      operation =>
        operation.kind === 'add column' && operation.table.id === table.id && added.includes(operation.column.name),
    ),
  );
  return made ? [{ message: 'The column is added here.', span: made.span }] : [];
}
