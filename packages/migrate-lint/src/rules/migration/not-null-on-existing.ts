import {
  defineRule,
  quoteIdentifier,
  type ColumnChange,
  type Fix,
  type Level,
  type Statement,
  type Write,
} from '@migrate-lint/core';
import { rewriteStatement } from '../../edits.ts';
import { earlierWrites, isEmptied, isNull, valuesOf, writesColumn } from '../column-values.ts';
import { operationsOf } from '../operations.ts';
import { tableSql } from '../past-names.ts';
import { isOfPostgres } from '../other-databases.ts';
import { code } from '../places.ts';
import { rowsWhere } from '../prechecks.ts';
import { namesOf } from '../same-migration.ts';
import { isSeededWithNull } from '../seeded-rows.ts';
import { isInUse } from '../tables-in-use.ts';
import { isNeverNull } from '../never-null.ts';

export default defineRule({
  id: 'migration/not-null-on-existing',
  level: 'medium',
  category: 'migrations',
  needs: ['migrations'],
  docs: {
    summary: 'A column becomes NOT NULL, which fails when a row holds NULL in it.',
    why: `Postgres reads all rows and stops at the first NULL (23502): the deploy stops there. Whether there is one is in the data, so the level is
medium; of a column that the same migration adds without a value every row holds NULL, and the level is high. Rows that the migration itself inserts
without a value make it fail in every database, and it is critical. A default does not help the rows that are
there: it is for new ones. Write an \`UPDATE … WHERE … IS NULL\` in front, and deploy the version of the application that always writes the
column before this migration, so that no new NULL comes in between.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "User" ("id" integer PRIMARY KEY, "locale" text DEFAULT 'en');
-- 2_require_locale/migration.sql
ALTER TABLE "User" ALTER COLUMN "locale" SET NOT NULL;`,
    good: `-- 1_init/migration.sql
CREATE TABLE "User" ("id" integer PRIMARY KEY, "locale" text DEFAULT 'en');
-- 2_require_locale/migration.sql
UPDATE "User" SET "locale" = 'en' WHERE "locale" IS NULL;
ALTER TABLE "User" ALTER COLUMN "locale" SET NOT NULL;`,
    guards: [
      'An UPDATE of the column for all rows, where it IS NULL or from another table, several UPDATEs of it, or a DELETE of those rows, stands before it in the migration.',
      'A validated `CHECK (… IS NOT NULL)`, or the column was NOT NULL before.',
      'A column that the same migration adds with a default.',
      'A table that the same migration makes or empties, or one that is deployed together with it.',
    ],
  },

  subjects: ({ migrations }) => operationsOf(migrations, ['set not null']),
  check: (subject, { migrations }) => {
    const { operation, statement } = subject;
    const { table, column, conditional, span } = operation;
    if (conditional || isNeverNull(table, column.name)) return undefined;
    const path = code(`${table.path}.${column.name}`);
    if (isSeededWithNull(column.name, table, statement))
      return {
        span,
        message: `${path} becomes NOT NULL, which fails on the rows that the migration inserts, for they hold NULL in it.`,
        level: 'critical',
        fix: fixOf(operation, statement),
      };
    if (!isInUse(subject, migrations) || isEmptied(table, statement) || isFilled(operation, statement))
      return undefined;
    const values = valuesOf(column.name, table, statement);
    const level: Level | undefined = values === 'null' ? 'high' : undefined;
    if (!level && values !== 'any' && values !== 'filled') return undefined;
    const some = earlierWrites(table, statement).some(write => writesColumn(write, column, table));
    const precheck = rowsWhere(table, statement, [column.name], ([name = '']) => `${name} IS NULL`);
    return {
      span,
      message: level
        ? `${path} becomes NOT NULL while every row holds NULL in it, which fails as soon as the table has a row.`
        : `${path} becomes NOT NULL, which fails when a row holds NULL in it${some ? ', unless the UPDATE before it reaches all of them' : ''}.`,
      level: some ? 'low' : level,
      precheck: some ? undefined : precheck,
      fix: fixOf(operation, statement),
    };
  },
});

/** Whether writes before it leave no NULL, as far as they tell. */
function isFilled({ table, column }: ColumnChange, statement: Statement): boolean {
  const names = namesOf(column, statement).map(name => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const isNullThere = new RegExp(`(?<![\\w$])"?(?:${names.join('|')})"?\\s+IS\\s+NULL\\b`, 'i');
  const writes = earlierWrites(table, statement);
  if (writes.some(({ kind, where = '' }) => kind === 'delete' && isNullThere.test(where))) return true;
  const updates = writes.filter(write => write.kind === 'update' && writesColumn(write, column, table));
  // Several share the rows among them, and of a join nobody can tell here whether each row has its partner.
  return (
    updates.length > 1 ||
    updates.some(update => update.everyRow || isNullThere.test(update.where ?? '') || joins(update, statement))
  );
}

function joins({ span, where = '' }: Write, { migration }: Statement): boolean {
  return /\bSELECT\b/i.test(where) || /\bFROM\b/i.test(migration.text.slice(span.start, span.end));
}

function fixOf({ table, column }: ColumnChange, statement: Statement): Fix {
  const [set] = statement.operations.flatMap(operation =>
    operation.kind === 'set default' && operation.column.name === column.name ? (operation.default ?? []) : [],
  );
  const given = set ?? column.default;
  if (!given || isNull(given.sql) || given.volatility === 'unknown' || !isOfPostgres(statement))
    return { title: `Give the rows that hold NULL in ${code(column.name)} a value first`, safety: 'unsafe' };
  const name = quoteIdentifier(column.name);
  const update = `UPDATE ${tableSql(table)} SET ${name} = ${given.sql} WHERE ${name} IS NULL;`;
  return {
    title: `Give the rows that hold NULL in ${code(column.name)} its default first`,
    safety: 'unsafe',
    edits: rewriteStatement(statement, `${update}\n${statement.sql}`),
  };
}
