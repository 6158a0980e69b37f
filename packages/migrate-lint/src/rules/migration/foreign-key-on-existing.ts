import {
  defineRule,
  type AddConstraint,
  type Level,
  type PastConstraint,
  type Problem,
  type Statement,
} from '@migrate-lint/core';
import { isCleaned, isEmptied, valuesOf } from '../column-values.ts';
import { isFilledFrom, staysEmpty, wasForeignKey } from '../key-values.ts';
import { operationsOf, type OperationSubject } from '../operations.ts';
import { code } from '../places.ts';
import { orphans } from '../prechecks.ts';
import { isInUse } from '../tables-in-use.ts';

export default defineRule({
  id: 'migration/foreign-key-on-existing',
  level: 'medium',
  category: 'migrations',
  needs: ['migrations'],
  docs: {
    summary: 'A foreign key is made of columns whose rows may point at what is not there.',
    why: `Postgres looks every row up and stops at the first orphan (23503): the deploy stops there. Whether there are any is in the data, so the
level is medium. A table that had no foreign key usually has orphans: nothing kept a parent from being deleted. Run the pre-check on production,
and delete the orphans or set them to NULL in the migration in front of the foreign key. When the table that is pointed at is made in the same migration and
stays empty, every row with a value fails, and the level is high. Of a foreign key that is NOT VALID the rows are looked up by VALIDATE
CONSTRAINT; that stops nothing but the deploy, so it is low there.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "User" ("id" integer PRIMARY KEY);
CREATE TABLE "Post" ("id" integer PRIMARY KEY, "authorId" integer);
-- 2_author/migration.sql
ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id");`,
    good: `-- 1_init/migration.sql
CREATE TABLE "User" ("id" integer PRIMARY KEY);
CREATE TABLE "Post" ("id" integer PRIMARY KEY, "authorId" integer);
-- 2_author/migration.sql
UPDATE "Post" SET "authorId" = NULL WHERE "authorId" NOT IN (SELECT "id" FROM "User");
ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id");`,
    guards: [
      'A column that the same migration adds and leaves NULL, or fills from the table that the key points at.',
      'The same columns pointed at the same table when the migration began: a foreign key is dropped and made again with other actions.',
      'The migration deletes rows of the table, or writes the columns, before.',
      'A foreign key that is NOT VALID; a table that the same migration makes or empties.',
    ],
  },

  subjects: ({ migrations }) =>
    operationsOf(migrations, ['add constraint', 'validate constraint']).filter(isForeignKey),
  check: (subject, { migrations }) => {
    const { operation, statement } = subject;
    const { constraint, table, conditional } = operation;
    if (!constraint || conditional || !isInUse(subject, migrations) || isEmptied(table, statement)) return undefined;
    return operation.kind === 'add constraint' ? ofAdding(operation, statement) : ofValidating(subject, constraint);
  },
});

type Subject = OperationSubject<'add constraint' | 'validate constraint'>;

function isForeignKey({ operation }: Subject): boolean {
  return operation.constraint?.type === 'foreign';
}

function ofAdding(operation: AddConstraint, statement: Statement): Problem | undefined {
  const { constraint, table, referenced, referencedExistedBefore, span } = operation;
  const { columns } = constraint;
  if (!constraint.validated || wasForeignKey(constraint, table, referenced, statement)) return undefined;
  const values = columns.map(name => valuesOf(name, table, statement));
  if (values.some(each => each === 'null' || each === 'none')) return undefined;
  const existing = columns.filter((_name, at) => values[at] === 'any');
  if (isCleaned(existing, table, statement) || isFilledFrom(columns, table, constraint.referencedTable, statement))
    return undefined;
  const isEmpty = referenced !== undefined && !referencedExistedBefore && staysEmpty(referenced, statement);
  const level: Level | undefined = isEmpty ? 'high' : undefined;
  const precheck =
    referenced && existing.length === columns.length
      ? orphans([table, columns], [referenced, constraint.referencedColumns], statement)
      : undefined;
  return {
    span,
    message: isEmpty
      ? `${code(constraint.name)} fails as soon as a row of ${code(table.path)} has a value in ${code(columns)}, for ${code(referenced.path)} is new and empty.`
      : `${code(constraint.name)} fails when a row of ${code(table.path)} points at a ${code(constraint.referencedTable ?? 'row')} that is not there.`,
    level,
    precheck,
    fix: {
      title: `Look for orphans first, and delete them or set ${code(columns)} to NULL in the same migration`,
      safety: 'unsafe',
    },
  };
}

function ofValidating({ operation, statement }: Subject, constraint: PastConstraint): Problem | undefined {
  const { table, span } = operation;
  if (constraint.validated || isCleaned(constraint.columns, table, statement)) return undefined;
  const referenced = statement.before.table(constraint.referencedTable ?? '');
  const precheck =
    referenced && orphans([table, constraint.columns], [referenced, constraint.referencedColumns], statement);
  return {
    span,
    message: `Validating ${code(constraint.name)} fails when a row of ${code(table.path)} points at a ${code(constraint.referencedTable ?? 'row')} that is not there.`,
    level: 'low',
    precheck,
  };
}
