import { describe, expect, jest, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './drop-cascade.ts';

jest.setTimeout(120_000);
const { say, finding } = failTesting(rule);
const { applied } = await rewriteTesting();
const shop = `CREATE TABLE "User" ("id" INTEGER PRIMARY KEY);
CREATE TABLE "Order" ("id" INTEGER PRIMARY KEY, "userId" INTEGER CONSTRAINT "Order_userId_fkey" REFERENCES "User"("id"));
CREATE VIEW "Member" AS SELECT "id" FROM "User";
CREATE TABLE "Plain" ("id" INTEGER CONSTRAINT "Plain_pkey" PRIMARY KEY);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER "touched" BEFORE UPDATE ON "Order" FOR EACH ROW EXECUTE FUNCTION touch();`;

describe('is silent of', () => {
  test.each([
    ['a table without CASCADE', 'DROP TABLE "Plain";'],
    ['a table of the same migration', 'CREATE TABLE "A" ("id" INTEGER); DROP TABLE "A" CASCADE;'],
    ['what no migration made', 'DROP TABLE IF EXISTS "Elsewhere" CASCADE;'],
    [
      'a view that is made again',
      'DROP TABLE "User" CASCADE; CREATE TABLE "User" ("id" INTEGER PRIMARY KEY); CREATE VIEW "Member" AS SELECT "id" FROM "User"; DROP TABLE "Order";',
    ],
    [
      'a trigger that is made again',
      'DROP FUNCTION touch() CASCADE; CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$; CREATE TRIGGER "touched" BEFORE UPDATE ON "Order" FOR EACH ROW EXECUTE FUNCTION touch();',
    ],
    ['a column', 'ALTER TABLE "User" DROP COLUMN "id" CASCADE;'],
    ['a schema', 'CREATE SCHEMA "s"; DROP SCHEMA "s" CASCADE;'],
    ['tables that all go', 'DROP VIEW "Member"; DROP TABLE "User" CASCADE; DROP TABLE "Order";'],
  ])('%s', async (_case, sql) => {
    expect(await say(shop, sql)).toEqual([]);
  });
});

test('names what goes', async () => {
  const { message, level, related } = await finding(shop, 'DROP TABLE "User" CASCADE;');
  expect(message).toBe(
    'Dropping `User` with CASCADE also drops the foreign key `Order_userId_fkey` of `Order` and the view `Member`, which the statement does not say.',
  );
  expect(level).toBe('high');
  expect(related).toHaveLength(2);
});

test('of a function names its triggers', async () => {
  expect(await say(shop, 'DROP FUNCTION touch() CASCADE;')).toEqual([
    'Dropping `touch` with CASCADE also drops the trigger `touched`, which the statement does not say.',
  ]);
});

test('of a key names the foreign keys that need it', async () => {
  expect(await say(shop, 'ALTER TABLE "User" DROP CONSTRAINT "User_pkey" CASCADE;')).toEqual([
    'Dropping `User.User_pkey` with CASCADE also drops the foreign key `Order_userId_fkey` of `Order`, which the statement does not say.',
  ]);
});

test('without a dependent is low, and the fix leaves CASCADE out', async () => {
  const { level } = await finding(shop, 'DROP TABLE "Plain" CASCADE;');
  expect(level).toBe('low');
  const { files, said } = await applied(rule, shop, '-- gone\nDROP TABLE "Plain"\n  CASCADE;\n');
  expect(files['2_next']).toBe('-- gone\nDROP TABLE "Plain";\n');
  expect(said).toEqual([]);
});
