import {
  defineRule,
  type Level,
  type PastConstraint,
  type PastTable,
  type Problem,
  type Statement,
} from '@migrate-lint/core';
import { isNoStricter } from '../check-lists.ts';
import { isCleaned, isEmptied, valuesOf } from '../column-values.ts';
import { atStart, columnAtStart, formerNames, needsMigration } from '../migration-start.ts';
import { operationsOf, type OperationSubject } from '../operations.ts';
import { isOfMysql } from '../other-databases.ts';
import { code } from '../places.ts';
import { bracketed } from '../prechecks.ts';
import { isSeededWithNull } from '../seeded-rows.ts';
import { isInUse } from '../tables-in-use.ts';
import { isNeverNull } from '../never-null.ts';

export default defineRule({
  id: 'migration/check-on-existing',
  level: 'medium',
  category: 'migrations',
  needs: ['migrations'],
  docs: {
    summary: 'A CHECK is added whose condition the rows that are there may not meet.',
    why: `Postgres asks the condition of every row and stops at the first for which it is false (23514): the deploy stops there. Whether there is one is in
the data, so the level is medium; rows that the migration itself inserts as NULL break \`IS NOT NULL\` everywhere, which is critical. Run the
pre-check on production, and mend the rows in an UPDATE in front of the constraint. Added as NOT VALID it holds for new rows at once, and
VALIDATE CONSTRAINT asks the old ones, which stops nothing but the deploy and is low.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "Order" ("id" integer PRIMARY KEY, "quantity" integer NOT NULL);
-- 2_positive/migration.sql
ALTER TABLE "Order" ADD CONSTRAINT "Order_quantity_check" CHECK ("quantity" > 0);`,
    good: `-- 1_init/migration.sql
CREATE TABLE "Order" ("id" integer PRIMARY KEY, "quantity" integer NOT NULL);
-- 2_positive/migration.sql
UPDATE "Order" SET "quantity" = 1 WHERE "quantity" < 1;
ALTER TABLE "Order" ADD CONSTRAINT "Order_quantity_check" CHECK ("quantity" > 0);`,
    guards: [
      'All columns of the condition are added by the same migration, which decides what is in them.',
      'The same condition, or one with a shorter list of texts, held when the migration began.',
      'The migration deletes rows of the table, or writes a column of the condition, before.',
      'A CHECK that is NOT VALID, or that a NOT NULL column is not null; a table that the same migration makes or empties.',
    ],
  },

  subjects: ({ migrations }) => operationsOf(migrations, ['add constraint', 'validate constraint']).filter(isCheck),
  check: (subject, { migrations }) => {
    const { operation, statement } = subject;
    const { constraint, table, conditional } = operation;
    if (!constraint || conditional) return undefined;
    if (operation.kind === 'validate constraint' ? constraint.validated : !constraint.validated) return undefined;
    const { notNull } = constraint;
    if (notNull !== undefined && isSeededWithNull(notNull, table, statement)) return ofSeeded(operation, notNull);
    if (!isInUse(subject, migrations) || isEmptied(table, statement)) return undefined;
    return problemOf(subject, constraint);
  },
});

type Subject = OperationSubject<'add constraint' | 'validate constraint'>;

function isCheck({ operation, statement }: Subject): boolean {
  return operation.constraint?.type === 'check' && !isOfMysql(statement);
}

function ofSeeded({ kind, constraint, span }: Subject['operation'], column: string): Problem {
  return {
    span,
    message: `${whatOf(kind, constraint?.name)} fails on the rows that the migration inserts, for they hold NULL in ${code(column)}.`,
    level: 'critical',
    fix: { title: `Insert the rows with a value in ${code(column)}`, safety: 'unsafe' },
  };
}

function whatOf(kind: Subject['operation']['kind'], name = ''): string {
  return kind === 'validate constraint' ? `Validating the CHECK ${code(name)}` : `The CHECK ${code(name)}`;
}

function problemOf({ operation, statement }: Subject, constraint: PastConstraint): Problem | undefined {
  const { kind, table, span } = operation;
  const { columns, notNull, name } = constraint;
  const values = columns.map(column => valuesOf(column, table, statement));
  const fails = notNull !== undefined && values.includes('null');
  if (columns.length > 0 && !values.includes('any') && !fails) return undefined;
  if (notNull !== undefined && isNeverNull(table, notNull)) return undefined;
  if (isCleaned(columns, table, statement) || held(constraint, table, statement)) return undefined;
  const level: Level | undefined = kind === 'validate constraint' ? 'low' : fails ? 'high' : undefined;
  const precheck = precheckOf(constraint, table, statement);
  const what = whatOf(kind, name);
  return {
    span,
    message: fails
      ? `${what} fails as soon as ${code(table.path)} has a row, for every row holds NULL in ${code(notNull)}.`
      : `${what} fails when a row of ${code(table.path)} does not meet it.`,
    level,
    precheck,
    fix:
      kind === 'add constraint'
        ? {
            title: `Mend the rows that do not meet ${code(name)} first, in the same migration`,
            safety: 'unsafe' as const,
          }
        : undefined,
  };
}

/** Whether the rows were held to as much when the migration began. */
function held({ expression, columns }: PastConstraint, table: PastTable, statement: Statement): boolean {
  if (expression === undefined || columns.some(name => columnAtStart(name, table, statement)?.name !== name))
    return false;
  return (atStart(table, statement)?.constraints ?? []).some(
    old =>
      old.type === 'check' && old.validated && old.expression !== undefined && isNoStricter(expression, old.expression),
  );
}

function precheckOf({ expression }: PastConstraint, table: PastTable, statement: Statement): string | undefined {
  const names = formerNames(table, statement);
  if (!names || expression === undefined || needsMigration(expression, table, statement)) return undefined;
  // What is NULL meets a CHECK.
  return `SELECT count(*) AS "rows" FROM ${names.table} WHERE NOT ${bracketed(expression)} HAVING count(*) > 0`;
}
