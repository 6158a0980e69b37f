import { defineRule } from '@migrate-lint/core';
import { laterSerial } from '../later-columns.ts';
import { isMovedLater } from '../later-statements.ts';
import { operationsOf } from '../operations.ts';
import { code } from '../places.ts';
import { rewriteByColumn } from '../table-rewrites.ts';
import { isInUse } from '../tables-in-use.ts';

export default defineRule({
  id: 'migration/serial-column',
  level: 'high',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A new serial column numbers all rows that are there, so every row is written anew.',
    why: `\`serial\` is a sequence and a default that takes the next number, for each row another one. Postgres writes the whole table and all of its
indexes anew, and holds an ACCESS EXCLUSIVE lock meanwhile, so that nobody can read or write. How long depends on the size of the table,
which a migration does not know. Prisma writes this for a new field with \`@default(autoincrement())\`. Make the sequence, add the column
without a default, set the default in the same statement, make the column the sequence's owner, and number the old rows in batches.
Production stops while the table is written, so the level is high.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" uuid PRIMARY KEY);
-- 2_add_number/migration.sql
ALTER TABLE "orders" ADD COLUMN "number" SERIAL NOT NULL;`,
    good: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" uuid PRIMARY KEY);
-- 2_add_number/migration.sql
CREATE SEQUENCE "orders_number_seq" AS integer;
ALTER TABLE "orders" ADD COLUMN "number" integer, ALTER COLUMN "number" SET DEFAULT nextval('orders_number_seq');
ALTER SEQUENCE "orders_number_seq" OWNED BY "orders"."number";`,
    guards: [
      'A table that the same migration makes or needs empty (`migration/required-column`), or one that is deployed together with it, and temporary tables.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) =>
    operationsOf(migrations, ['add column']).filter(({ operation }) => operation.column.serial),
  check: (subject, { postgresMigrations: migrations }) => {
    const { operation, statement } = subject;
    if (rewriteByColumn(operation) !== 'serial' || !isInUse(subject, migrations)) return undefined;
    const { table, column, span } = operation;
    const title = `Make the sequence, add ${code(column.name)} without a default, set it for new rows, and number the old ones in batches`;
    const fix = isMovedLater(table, [column.name], statement, migrations)
      ? undefined
      : laterSerial(operation, statement, title);
    return {
      span,
      message: `Adding the serial column ${code(`${table.path}.${column.name}`)} writes all of ${code(table.path)} anew to number its rows, under an ACCESS EXCLUSIVE lock, which blocks reads and writes until it is done.`,
      fix: fix ?? { title, safety: 'unsafe' },
    };
  },
});
