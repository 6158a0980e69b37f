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

test('a table of a migration that goes out with this one is not', async () => {
  const migrations = await history('CREATE TABLE "new" ("a" text);\nCREATE INDEX ON "new"("a");');
  const [first] = migrations.migrations;
  expect(inUse(migrations)).toEqual([false, true]);
  const applied = (name: string, reason: string | undefined): void => {
    const found = migrations.migrations.find(each => each.name === name);
    if (found) Object.defineProperty(found, 'applied', { value: reason, configurable: true });
  };
  applied(first?.name ?? '', 'it is in the base');
  expect(inUse(migrations)).toEqual([false, true]);
  applied('1_a', undefined);
  applied('2_b', 'it is in the base');
  expect(inUse(migrations)).toEqual([false]);
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
