import { defineRule, type PastConstraint, type PastTable, type Statement } from '@migrate-lint/core';
import { wasDeployed } from '../deployed.ts';
import { operationsOf } from '../operations.ts';
import { isOfSqlite } from '../other-databases.ts';
import { code } from '../places.ts';
import { migrationOf } from '../same-migration.ts';

export default defineRule({
  id: 'migration/sqlite-redefine-cascade',
  level: 'critical',
  category: 'migrations',
  needs: ['migrations'],
  docs: {
    summary:
      'A SQLite table is redefined while foreign keys are on, so dropping the old one deletes rows of other tables.',
    why: `SQLite cannot change most of a table, so a migration makes a new one, copies the rows, drops the old table and renames the new one. With
foreign keys on, as Prisma opens the database, DROP TABLE first deletes every row, and ON DELETE CASCADE deletes the rows of other tables that
point at them; SET NULL takes their links. The rows of the table itself come back, those of the others do not, and nothing fails: so it is
critical. Prisma writes PRAGMA foreign_keys=OFF in front of it. Keep that line, and keep it outside of BEGIN, where it does nothing;
PRAGMA defer_foreign_keys=ON alone puts off errors and not the deletes.`,
    bad: `# migration_lock.toml
provider = "sqlite"
-- 1_init/migration.sql
CREATE TABLE "User" ("id" INTEGER NOT NULL PRIMARY KEY);
CREATE TABLE "Post" ("id" INTEGER NOT NULL PRIMARY KEY, "userId" INTEGER REFERENCES "User" ("id") ON DELETE CASCADE);
-- 2_redefine/migration.sql
CREATE TABLE "new_User" ("id" INTEGER NOT NULL PRIMARY KEY, "name" TEXT);
INSERT INTO "new_User" ("id") SELECT "id" FROM "User";
DROP TABLE "User";
ALTER TABLE "new_User" RENAME TO "User";`,
    good: `# migration_lock.toml
provider = "sqlite"
-- 1_init/migration.sql
CREATE TABLE "User" ("id" INTEGER NOT NULL PRIMARY KEY);
CREATE TABLE "Post" ("id" INTEGER NOT NULL PRIMARY KEY, "userId" INTEGER REFERENCES "User" ("id") ON DELETE CASCADE);
-- 2_redefine/migration.sql
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_User" ("id" INTEGER NOT NULL PRIMARY KEY, "name" TEXT);
INSERT INTO "new_User" ("id") SELECT "id" FROM "User";
DROP TABLE "User";
ALTER TABLE "new_User" RENAME TO "User";
PRAGMA foreign_keys=ON;`,
    guards: [
      'PRAGMA foreign_keys=OFF in front of it, outside of a transaction.',
      'No other table points at it with CASCADE or SET NULL.',
      'The table does not come back: `migration/dropped-table` speaks of it.',
    ],
  },

  subjects: ({ migrations }) =>
    operationsOf(migrations, ['drop table', 'redefine'], { applied: true }).filter(({ statement }) =>
      isOfSqlite(statement),
    ),
  check: ({ operation, statement }, { migrations }) => {
    const { table, span, existedBefore } = operation;
    const [link] = linksTo(table, statement);
    if (!existedBefore || !link || !wasDeployed(table, statement, migrations)) return undefined;
    if ((operation.kind === 'drop table' && !comesBack(table, statement)) || isOff(statement)) return undefined;
    const what = link.onDelete === 'Cascade' ? 'deletes the rows of' : 'takes the links out of';
    return {
      span,
      message: `Dropping ${code(table.path)} while foreign keys are on ${what} ${code(link.table)} that point at it, for ${code(link.name)} is ON DELETE ${link.onDelete === 'Cascade' ? 'CASCADE' : 'SET NULL'}.`,
      level: statement.migration.applied !== undefined ? 'low' : undefined,
    };
  },
});

/** The foreign keys of other tables that a delete goes through. */
function linksTo({ path }: PastTable, { before }: Statement): readonly PastConstraint[] {
  return before.tables
    .filter(other => other.path !== path)
    .flatMap(({ constraints }) => constraints)
    .filter(
      ({ referencedTable, onDelete }) => referencedTable === path && (onDelete === 'Cascade' || onDelete === 'SetNull'),
    )
    .sort((a, b) => (a.onDelete ?? '').localeCompare(b.onDelete ?? '', 'en'));
}

function comesBack({ path }: PastTable, statement: Statement): boolean {
  return migrationOf(statement).some(({ operation }) => operation.kind === 'rename table' && operation.to === path);
}

/** PRAGMA foreign_keys=OFF in front of the statement; in a transaction it does nothing. */
function isOff(statement: Statement): boolean {
  const { statements } = statement.migration;
  const before = statements.slice(0, statements.indexOf(statement)).filter(({ inBlock }) => !inBlock);
  const settings = before.flatMap(({ operations }) => operations).filter(each => each.kind === 'set');
  const last = settings.findLast(({ name }) => name === 'foreign_keys');
  return last !== undefined && ['off', '0', 'false', 'no'].includes(last.value ?? '');
}
