import { defineRule, type ColumnChange, type Problem, type Statement } from '@migrate-lint/core';
import { checksOf, keyedIndexes, opaqueIndexes } from '../column-indexes.ts';
import { isEmptied } from '../column-values.ts';
import { operationsOf } from '../operations.ts';
import { code } from '../places.ts';
import { isInUtc } from '../session-zone.ts';
import { typeChangeOf } from '../table-rewrites.ts';
import { isInUse } from '../tables-in-use.ts';
import type { TypeChange } from '../type-changes.ts';

export default defineRule({
  id: 'migration/type-rewrite',
  level: 'high',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary:
      'A column gets another type, and the whole table or its indexes are written anew while nobody can read or write.',
    why: `Most changes of a type change the bytes of every row: Postgres writes the table and all of its indexes anew under an ACCESS EXCLUSIVE
lock. How long depends on the size of the table, which a migration does not know. Some changes only widen what is allowed and take a
moment: \`varchar(10)\` to \`varchar(20)\` or \`text\`, \`numeric(10,2)\` to \`numeric(12,2)\`, \`timestamp(3)\` to \`timestamp(6)\`. Even then an index on an
expression or with a WHERE is built anew, and a CHECK of the column reads all rows. For the others add a column of the new type, keep both alike by a trigger, fill the old rows in
batches, and swap the names when that is done. Production stops while the table is written, so the level is high.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" uuid PRIMARY KEY, "number" integer NOT NULL);
-- 2_wider/migration.sql
ALTER TABLE "orders" ALTER COLUMN "number" SET DATA TYPE bigint;`,
    good: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" uuid PRIMARY KEY, "number" integer NOT NULL);
-- 2_wider/migration.sql
ALTER TABLE "orders" ADD COLUMN "number_wide" bigint;
CREATE FUNCTION "orders_number_wide"() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN NEW."number_wide" := NEW."number"; RETURN NEW; END $$;
CREATE TRIGGER "orders_number_wide" BEFORE INSERT OR UPDATE ON "orders"
  FOR EACH ROW EXECUTE FUNCTION "orders_number_wide"();
-- Then: fill "number_wide" of the old rows in batches, build its indexes CONCURRENTLY, and when all clients read the new
-- column rename the two in one transaction and drop the trigger and the old one.`,
    guards: [
      'A type that only allows more; each pair of the usual types was tried on Postgres.',
      'A column whose old type no migration tells, and types of extensions and domains: nothing is said.',
      '`timestamp` to `timestamptz` writes no row if the session’s TimeZone is UTC, so it is medium.',
      'A table of which the migration takes all rows before.',
      'A table that the same migration makes or needs empty (`migration/required-column`), or one that is deployed together with it, and temporary tables.',
      'Values that do not fit are `migration/unsafe-cast` and `migration/narrowing-type`.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => operationsOf(migrations, ['alter type']),
  check: (subject, { postgresMigrations: migrations }) => {
    if (!isInUse(subject, migrations)) return undefined;
    const { operation, statement } = subject;
    const cost = typeChangeOf(operation, statement);
    if (!cost || isEmptied(operation.table, statement)) return undefined;
    const isFree = cost.rewrites === 'never' || (cost.rewrites === 'unless UTC' && isInUtc(statement));
    return isFree ? recheck(operation, cost) : rewrite(operation, statement, cost);
  },
});

const lock = 'under an ACCESS EXCLUSIVE lock, which blocks reads and writes until it is done';

function rewrite(operation: ColumnChange, statement: Statement, { rewrites }: TypeChange): Problem | undefined {
  // The clauses of one statement write the table once.
  const alike = statement.operations.flatMap(other =>
    other.kind === 'alter type' && typeChangeOf(other, statement)?.rewrites === rewrites ? [other] : [],
  );
  if (alike[0] !== operation) return undefined;
  const { table, conditional, span } = operation;
  const what = `hanging ${alike.map(described).join(' and ')} writes all of ${code(table.path)} anew ${lock}`;
  if (rewrites === 'always')
    return {
      span,
      message: `C${what}.`,
      fix: {
        title: 'Add a column of the new type, keep both alike by a trigger, fill it in batches, and swap the names',
        safety: 'unsafe',
      },
      level: conditional ? 'medium' : undefined,
    };
  const { file, start } = statement.span;
  return {
    span,
    message: `Unless the session’s TimeZone is UTC, c${what}.`,
    fix: {
      title: 'Say that the values are of UTC, as Prisma writes them',
      safety: 'unsafe',
      edits: conditional ? undefined : [{ file, start, end: start, text: "SET TimeZone TO 'UTC';\n" }],
    },
    level: 'medium',
  };
}

/** What a change costs that leaves the rows as they are. */
function recheck(operation: ColumnChange, { reindexes }: TypeChange): Problem | undefined {
  const { table, conditional, span } = operation;
  const built = new Set([...(reindexes ? keyedIndexes(operation) : []), ...opaqueIndexes(operation)]);
  const indexes = [...built].map(({ name }) => name);
  const checks = checksOf(operation).map(({ name }) => name);
  if (indexes.length + checks.length === 0) return undefined;
  const isBuilt = indexes.length > 0;
  const what = isBuilt ? `builds ${code(indexes)} anew` : `holds all of them against ${code(checks)} again`;
  const title = isBuilt
    ? `Drop ${code(indexes)} with DROP INDEX CONCURRENTLY before, and build it CONCURRENTLY after`
    : `Drop ${code(checks)} before, add it NOT VALID after, and validate it in the next migration`;
  return {
    span,
    message: `Changing ${described(operation)} leaves the rows of ${code(table.path)} as they are, but ${what} ${lock}.`,
    fix: { title, safety: 'unsafe' },
    level: conditional ? 'medium' : undefined,
  };
}

function described({ table, column, to = '' }: ColumnChange): string {
  const from = column.type === to ? '' : ` from ${code(column.type ?? '')} to ${code(to)}`;
  return `${code(`${table.path}.${column.name}`)}${from}`;
}
