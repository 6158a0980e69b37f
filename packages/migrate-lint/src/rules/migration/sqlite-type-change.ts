import { defineRule, type PastTable } from '@migrate-lint/core';
import { isCleaned, isEmptied, valuesOf } from '../column-values.ts';
import { operationsOf } from '../operations.ts';
import { isOfSqlite } from '../other-databases.ts';
import { code } from '../places.ts';
import { rowsWhere } from '../prechecks.ts';
import { unreadable } from '../sqlite-values.ts';
import { isInUse } from '../tables-in-use.ts';

export default defineRule({
  id: 'migration/sqlite-type-change',
  level: 'medium',
  category: 'migrations',
  needs: ['migrations'],
  docs: {
    summary: 'A column of SQLite gets a type that values in it are not of, and Prisma Client fails when it reads them.',
    why: `SQLite does not mind: a value that cannot be converted to the type of its column is stored as it is. So the migration that
Prisma writes, which copies the rows into a new table, succeeds, and nobody notices until Prisma Client reads such a row: “Inconsistent column data: Could not
convert value "abc" of the field to type Int” (P2023), or “Value 3000000000 does not fit in an INT column”. Each query that selects the row fails
then, of lists too. Whether there is such a value is in the data, so the level is medium; run the pre-check before the deploy. Convert the values in the
INSERT of the migration, with a CASE for those that are none.`,
    bad: `# migration_lock.toml
provider = "sqlite"
-- 1_init/migration.sql
CREATE TABLE "User" ("id" INTEGER NOT NULL PRIMARY KEY, "age" TEXT);
-- 2_age_as_number/migration.sql
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_User" ("id" INTEGER NOT NULL PRIMARY KEY, "age" INTEGER);
INSERT INTO "new_User" ("id", "age") SELECT "id", "age" FROM "User";
DROP TABLE "User";
ALTER TABLE "new_User" RENAME TO "User";
PRAGMA foreign_keys=ON;`,
    good: `# migration_lock.toml
provider = "sqlite"
-- 1_init/migration.sql
CREATE TABLE "User" ("id" INTEGER NOT NULL PRIMARY KEY, "age" TEXT);
-- 2_age_as_number/migration.sql
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_User" ("id" INTEGER NOT NULL PRIMARY KEY, "age" INTEGER);
INSERT INTO "new_User" ("id", "age") SELECT "id", CASE WHEN "age" NOT GLOB '*[^0-9]*' THEN CAST("age" AS INTEGER) END FROM "User";
DROP TABLE "User";
ALTER TABLE "new_User" RENAME TO "User";
PRAGMA foreign_keys=ON;`,
    guards: [
      'A type that reads every value of the old one: INTEGER to TEXT or BIGINT, REAL to DECIMAL.',
      'A primary or foreign key that was a BIGINT: nobody has so many rows.',
      'The INSERT converts the values, or the migration writes the column or deletes rows before.',
      'A table that the same migration makes or empties, or one that is deployed together with it.',
    ],
  },

  subjects: ({ migrations }) =>
    operationsOf(migrations, ['alter type']).filter(({ statement }) => isOfSqlite(statement)),
  check: (subject, { migrations }) => {
    const { operation, statement } = subject;
    const { table, column, to = '', span } = operation;
    const misfit = unreadable(column.type ?? '', to);
    if (!misfit || !isInUse(subject, migrations) || isEmptied(table, statement)) return undefined;
    if (column.type === 'bigint' && isKey(column.name, statement.before.table(table.path))) return undefined;
    if (valuesOf(column.name, table, statement) !== 'any' || isCleaned([column.name], table, statement))
      return undefined;
    const precheck = rowsWhere(table, statement, [column.name], ([name = '']) => misfit.condition(name));
    return {
      span,
      message: `${code(`${table.path}.${column.name}`)} changes from ${code(column.type ?? '')} to ${code(to)}: SQLite keeps a value that ${misfit.what} as it is, and Prisma Client fails to read the row.`,
      precheck,
      fix: { title: 'Convert the values in the INSERT that copies the rows', safety: 'unsafe' },
    };
  },
});

/** Numbers that SQLite itself gives, or that point at them: nobody has so many rows. */
function isKey(name: string, table: PastTable | undefined): boolean {
  return (
    table?.constraints.some(
      ({ type, columns }) => (type === 'primary' || type === 'foreign') && columns.includes(name),
    ) ?? false
  );
}
