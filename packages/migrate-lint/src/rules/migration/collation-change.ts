import { defineRule, type ColumnChange } from '@migrate-lint/core';
import { keyedIndexes, opaqueIndexes } from '../column-indexes.ts';
import { operationsOf } from '../operations.ts';
import { code } from '../places.ts';
import { typeChangeOf } from '../table-rewrites.ts';
import { isInUse } from '../tables-in-use.ts';

export default defineRule({
  id: 'migration/collation-change',
  level: 'high',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A column is sorted by another collation, and its indexes are built anew while nobody can read or write.',
    why: `The rows stay as they are, but each index on the column is in the order of the old collation: Postgres builds all of them anew in the same
statement, under an ACCESS EXCLUSIVE lock on the table. How long depends on the size of the table, which a migration does not know. A
change of the type without COLLATE goes back to the default collation, which is easily overlooked. Drop the indexes CONCURRENTLY in
migrations before, change the collation in a moment, and build them CONCURRENTLY behind it; a primary key or unique constraint is better
served by a new column. Production stops while the indexes are built, so the level is high.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "users" ("id" integer PRIMARY KEY, "name" text NOT NULL);
CREATE INDEX "users_name_idx" ON "users"("name");
-- 2_sort_by_bytes/migration.sql
ALTER TABLE "users" ALTER COLUMN "name" TYPE text COLLATE "C";`,
    good: `-- 1_init/migration.sql
CREATE TABLE "users" ("id" integer PRIMARY KEY, "name" text NOT NULL);
CREATE INDEX "users_name_idx" ON "users"("name");
-- 2_drop_index/migration.sql
DROP INDEX CONCURRENTLY "users_name_idx";
-- 3_sort_by_bytes/migration.sql
ALTER TABLE "users" ALTER COLUMN "name" TYPE text COLLATE "C";
-- 4_index/migration.sql
CREATE INDEX CONCURRENTLY "users_name_idx" ON "users"("name");`,
    guards: [
      'A column without an index: the change takes a moment.',
      'The same collation as before, or a type that writes the table anew (`migration/type-rewrite`).',
      'A table that the same migration makes or needs empty (`migration/required-column`), or one that is deployed together with it, and temporary tables.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) =>
    operationsOf(migrations, ['alter type']).filter(
      ({ operation }) => collationOf(operation) !== operation.column.collation,
    ),
  check: (subject, { postgresMigrations: migrations }) => {
    const { operation, statement } = subject;
    const { table, column, conditional, span } = operation;
    const cost = typeChangeOf(operation, statement);
    if (cost?.rewrites !== 'never' || cost.reindexes || !isInUse(subject, migrations)) return undefined;
    const opaque = opaqueIndexes(operation);
    const names = [...new Set([...keyedIndexes(operation), ...opaque])].map(({ name }) => name);
    // Where such an index is all that there is, the change of the type builds it, whatever the collation.
    if (names.length === opaque.length) return undefined;
    return {
      span,
      message: `Changing the collation of ${code(`${table.path}.${column.name}`)} builds ${code(names)} anew under an ACCESS EXCLUSIVE lock on ${code(table.path)}, which blocks reads and writes until it is done.`,
      fix: {
        title: `Drop ${code(names)} with DROP INDEX CONCURRENTLY before, and build it CONCURRENTLY after`,
        safety: 'unsafe',
      },
      level: conditional ? 'medium' : undefined,
    };
  },
});

/** The collation that the column gets; the default one is undefined. */
function collationOf({ collation }: ColumnChange): string | undefined {
  return collation === 'default' ? undefined : collation;
}
