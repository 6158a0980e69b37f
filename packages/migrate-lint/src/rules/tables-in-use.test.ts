import { expect, test } from '@jest/globals';
import type { Migrations } from '@migrate-lint/core';
import { auditOf } from '../testing.ts';
import { operationsOf } from './operations.ts';
import { isInUse } from './tables-in-use.ts';

async function history(second: string): Promise<Migrations> {
  const migrations = { '1_a': 'CREATE TABLE "old" ("a" text);', '2_b': second, '3_c': 'CREATE INDEX ON "old"("a");' };
  const audit = await auditOf({ schema: 'model Nothing {\n  id Int @id\n}\n', migrations, facts: ['migrations'] });
  return audit.fact('migrations');
}

function inUse(migrations: Migrations): readonly boolean[] {
  return operationsOf(migrations, ['create index']).map(subject => isInUse(subject, migrations));
}

test('a table of an earlier migration is in use where nothing tells which are applied', async () => {
  expect(inUse(await history('SELECT 1;'))).toEqual([true]);
});

test.each([
  [undefined, [false, true]],
  ['1_a', [false, true]],
  ['2_b', [false]],
])('a table of a migration that goes out with this one is not: %s is applied', async (applied, expected) => {
  const migrations = await history('CREATE TABLE "new" ("a" text);\nCREATE INDEX ON "new"("a");');
  const found = migrations.migrations.find(({ name }) => name === applied);
  if (found) Object.defineProperty(found, 'applied', { value: 'it is in the base' });
  expect(inUse(migrations)).toEqual(expected);
});

test.each([
  ['', true],
  ['ALTER TABLE "old" ADD COLUMN "b" text;', true],
  [`ALTER TABLE "old" ADD COLUMN "b" text NOT NULL DEFAULT '';`, true],
  ['ALTER TABLE "old" ADD COLUMN "b" serial NOT NULL;', true],
  ['ALTER TABLE "old" ADD COLUMN IF NOT EXISTS "a" text NOT NULL;', true],
  ['DELETE FROM "old"; ALTER TABLE "old" ADD COLUMN "b" text NOT NULL;', true],
  ['ALTER TABLE "old" ADD COLUMN "b" text NOT NULL;', false],
])('a table that has to be empty for the migration is not in use: %j', async (sql, expected) => {
  expect(inUse(await history(`${sql}\nCREATE INDEX ON "old"("a");`))[0]).toBe(expected);
});

test.each([
  ['DROP TABLE "old"; CREATE MATERIALIZED VIEW "old" AS SELECT 1 AS "a";', false],
  ['CREATE UNLOGGED TABLE "other" ("a" text);', true],
])('only tables that keep rows for others are: %s', async (sql, expected) => {
  expect(inUse(await history(sql)).at(-1)).toBe(expected);
});
