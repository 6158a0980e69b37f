import { defineRule, type Level, type PastTable, type Statement } from '@migrate-lint/core';
import { isCleaned, isEmptied, valuesOf, writesColumn } from '../column-values.ts';
import { nullsMadeAlike } from '../filled-nulls.ts';
import { needsMigration } from '../migration-start.ts';
import { operationsOf } from '../operations.ts';
import { code } from '../places.ts';
import { duplicates } from '../prechecks.ts';
import { speaksOf } from '../same-migration.ts';
import { isInUse } from '../tables-in-use.ts';
import { brokenBySeeds, uniqueKeyOf, wasUnique, type UniqueKey } from '../unique-keys.ts';

export default defineRule({
  id: 'migration/unique-on-existing',
  level: 'medium',
  category: 'migrations',
  needs: ['migrations'],
  docs: {
    summary: 'A unique index, a unique constraint or a primary key is made of columns whose rows may hold duplicates.',
    why: `Postgres builds the index over all rows and stops at the first two that are alike (23505): the deploy stops there, and what the migration did
before stays or goes with its transaction. Whether there are any is in the data, so the level is medium; run the pre-check on production
before the deploy, and when it finds some, decide in an UPDATE or DELETE of the same migration which row stays. A column that the migration adds
with one default for all rows makes every row a duplicate: then it fails from the second row on, and the level is high. Rows that the migration
itself inserts alike make it fail in every database, and it is critical.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "User" ("id" integer PRIMARY KEY, "email" text NOT NULL);
-- 2_unique_email/migration.sql
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");`,
    good: `-- 1_init/migration.sql
CREATE TABLE "User" ("id" integer PRIMARY KEY, "email" text NOT NULL);
-- 2_unique_email/migration.sql
DELETE FROM "User" a USING "User" b WHERE a."email" = b."email" AND a."id" > b."id";
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");`,
    guards: [
      'A column that the same migration adds and leaves NULL, or fills with a value of each row (serial, identity, `gen_random_uuid()`).',
      'An equal or narrower unique index was there when the migration began, under whatever name.',
      'The migration deletes rows of the table, or writes one of the columns, before: somebody has thought of duplicates.',
      'A table that the same migration makes or empties, or one that is deployed together with it.',
      'A constraint USING INDEX: the index is unique already.',
    ],
  },

  subjects: ({ migrations }) =>
    operationsOf(migrations, ['create index', 'add constraint']).filter(({ operation }) => uniqueKeyOf(operation)),
  check: (subject, { migrations }) => {
    const { operation, statement } = subject;
    const { table, conditional, span } = operation;
    const key = uniqueKeyOf(operation);
    if (!key || conditional) return undefined;
    if (operation.kind === 'create index' && operation.ifNotExists && operation.existing) return undefined;
    const seeded = brokenBySeeds(key, table, statement);
    if (seeded) return { span, ...seeded };
    if (!isInUse(subject, migrations) || isEmptied(table, statement)) return undefined;
    const nulls = nullsMadeAlike(key, table, statement);
    if (!nulls && wasUnique(key, table, statement)) return undefined;
    const found = nulls ?? hazardOf(key, table, statement);
    if (!found) return undefined;
    const precheck = nulls ? nulls.precheck : precheckOf(key, table, statement);
    return {
      span,
      message: `The ${key.kind} ${code(key.name)} fails as soon as ${found.what}.`,
      level: found.level,
      precheck,
      fix: {
        title: `Look for duplicates in ${code(table.path)} first, and decide in the same migration which row of them stays`,
        safety: 'unsafe',
      },
    };
  },
});

/** On which rows it fails; undefined where none can be. */
function hazardOf(
  { columns, kind, nullsNotDistinct }: UniqueKey,
  table: PastTable,
  statement: Statement,
): { readonly what: string; readonly level?: Level } | undefined {
  const names = columns.filter(name => name !== null);
  const values = names.map(name => valuesOf(name, table, statement));
  if (values.includes('none') || values.includes('distinct')) return undefined;
  if (values.includes('null') && !nullsNotDistinct && kind !== 'primary key') return undefined;
  const filled = names.filter((_name, at) => values[at] === 'filled');
  const existing = names.filter((_name, at) => values[at] === 'any');
  if (isCleaned(existing, table, statement) || isNumbered(filled, table, statement)) return undefined;
  const path = code(table.path);
  if (values.includes('null') && kind === 'primary key')
    return { what: `${path} has a row, for ${code(names)} holds NULL in all of them`, level: 'high' };
  if (values.length === columns.length && values.every(each => each === 'same' || each === 'null'))
    return { what: `${path} has a second row, for all rows get the same ${code(names)}`, level: 'high' };
  const orNull = kind === 'primary key' && existing.some(name => table.column(name)?.notNull === false);
  const alike = names.length > 0 ? `have the same ${code(names)}` : 'give the same value';
  return { what: `two rows of ${path} ${alike}${orNull ? ', or one has NULL there' : ''}` };
}

/** Whether the UPDATE that fills the columns takes its values from what tells rows apart. */
function isNumbered(filled: readonly string[], table: PastTable, statement: Statement): boolean {
  const columns = filled.flatMap(name => table.column(name) ?? []);
  const keys = table.primaryKey?.columns ?? [];
  return statement.migration.statements.some(
    ({ sql, operations }) =>
      (makesNew.test(sql) || keys.some(name => speaksOf(sql, name))) &&
      operations.some(
        operation => operation.kind === 'update' && columns.some(column => writesColumn(operation, column, table)),
      ),
  );
}

/** Functions that give another value each time, those of the project by their names. */
const makesNew = /\b(?:row_number|nextval|ctid|\w*(?:uuid|random|generate|nanoid|cuid|ulid)\w*)\b/i;

function precheckOf(key: UniqueKey, table: PastTable, statement: Statement): string | undefined {
  const columns = key.columns.filter(name => name !== null);
  const made = columns.some(name => valuesOf(name, table, statement) === 'filled');
  if (made || columns.length < key.columns.length || needsMigration(key.predicate ?? '', table, statement))
    return undefined;
  return duplicates(table, statement, columns, key);
}
