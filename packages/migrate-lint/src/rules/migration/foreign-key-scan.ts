import { defineRule, type PastColumn, type Statement } from '@migrate-lint/core';
import { stopsReadsToo } from '../changeable.ts';
import { notValidFirst } from '../not-valid.ts';
import { operationsOf } from '../operations.ts';
import { code } from '../places.ts';
import { isInUse } from '../tables-in-use.ts';
import { workOfConstraint } from '../work-words.ts';

export default defineRule({
  id: 'migration/foreign-key-scan',
  level: 'high',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary:
      'A foreign key is added to a table in use and checked at once, and nobody can write to both tables meanwhile.',
    why: `\`ADD … FOREIGN KEY\` looks up the other side of every row that is there, and holds a SHARE ROW EXCLUSIVE lock on both tables until it is through: reads
go on, every INSERT, UPDATE and DELETE on either table waits. How long depends on the size of the table, which a migration does not know:
nothing to notice for a thousand rows, minutes for some ten million. With \`NOT VALID\` it takes a moment, and each row that is written from then
on is checked. \`VALIDATE CONSTRAINT\` in a later migration looks up the old rows and blocks no writes. In the same transaction it would gain
nothing. Production stops while writes wait, so the level is high; it is medium for a column that the same migration adds empty, where
every row is read and none has to be looked up.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "User" ("id" integer PRIMARY KEY);
CREATE TABLE "Post" ("id" integer PRIMARY KEY, "authorId" integer NOT NULL);
-- 2_author/migration.sql
-- AddForeignKey
ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;`,
    good: `-- 1_init/migration.sql
CREATE TABLE "User" ("id" integer PRIMARY KEY);
CREATE TABLE "Post" ("id" integer PRIMARY KEY, "authorId" integer NOT NULL);
-- 2_author/migration.sql
-- AddForeignKey
ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;
-- 3_author_validate/migration.sql
ALTER TABLE "Post" VALIDATE CONSTRAINT "Post_authorId_fkey";`,
    guards: [
      'The table that gets the key is new: it has no rows, and the lock on the other one is a matter of a moment.',
      '`ADD COLUMN … REFERENCES …` without a default: Postgres knows that there is nothing to look up.',
      'NOT VALID and VALIDATE in one transaction: `migration/validate-in-same-transaction`.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) =>
    operationsOf(migrations, ['add constraint']).filter(({ operation }) => operation.constraint.type === 'foreign'),
  check: (subject, { postgresMigrations: migrations }) => {
    const { operation, statement } = subject;
    const { constraint, table, referenced, span, conditional } = operation;
    if (!isInUse(subject, migrations) || !workOfConstraint(operation, statement)) return undefined;
    const tables = [...new Set([table.path, referenced?.path ?? constraint.referencedTable ?? table.path])];
    const locked = `${tables.length > 1 ? 'SHARE ROW EXCLUSIVE locks' : 'a SHARE ROW EXCLUSIVE lock'} on ${tables.map(code).join(' and ')}`;
    const stopped = stopsReadsToo(table, statement, migrations)
      ? `every write, and with what this transaction locked before every read of ${code(table.path)},`
      : 'every write';
    const isEmpty = constraint.columns.some(name => isAddedEmpty(table.column(name), statement));
    return {
      span,
      message: `Adding the foreign key ${code(constraint.name)} takes ${locked}, which ${tables.length > 1 ? 'block' : 'blocks'} ${stopped} until all rows of ${code(table.path)} are checked.`,
      fix: notValidFirst(subject, migrations),
      level: conditional || isEmpty ? 'medium' : undefined,
    };
  },
});

/** A column of this very migration, without a value in any row. */
function isAddedEmpty(column: PastColumn | undefined, { migration }: Statement): boolean {
  return column?.createdBy?.migration === migration && column.default === undefined && !column.serial;
}
