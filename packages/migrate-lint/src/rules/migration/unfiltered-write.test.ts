import { expect, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import rule from './unfiltered-write.ts';

const { say, finding, rowsFound } = failTesting(rule);
const users =
  'CREATE TABLE "User" ("id" INTEGER NOT NULL, "locale" TEXT, "email" TEXT, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));';

test.each([
  ['a condition', `UPDATE "User" SET "locale" = 'en' WHERE "locale" IS NULL;`],
  ['a backfill', `ALTER TABLE "User" ADD COLUMN "plan" TEXT; UPDATE "User" SET "plan" = 'free';`],
  ['a new value made of the old', 'UPDATE "User" SET "email" = lower("email");'],
  [
    'values that are copied',
    `ALTER TABLE "User" ADD COLUMN "was" TEXT; UPDATE "User" SET "was" = "locale"; UPDATE "User" SET "locale" = 'en';`,
  ],
  ['a table of the same migration', `CREATE TABLE "A" ("b" TEXT); UPDATE "A" SET "b" = ''; DELETE FROM "A";`],
  ['a temporary table', 'CREATE TEMP TABLE "A" ("b" TEXT); DELETE FROM "A";'],
  ['a table that goes', 'DELETE FROM "User"; DROP TABLE "User";'],
  ['a table that is filled again', `DELETE FROM "User"; INSERT INTO "User" ("id") VALUES (1);`],
  ['rows that are copied', 'INSERT INTO "Archive" SELECT * FROM "User"; DELETE FROM "User";'],
  ['some rows', 'DELETE FROM "User" WHERE "id" < 10;'],
])('is silent of %s', async (_case, sql) => {
  expect(await say(users, sql)).toEqual([]);
});

test.each([
  [
    `UPDATE "User" SET "locale" = 'en';`,
    'UPDATE without a condition overwrites `locale` in all rows of `User`.',
    'medium',
  ],
  [
    `UPDATE "User" SET "locale" = 'en' WHERE true;`,
    'UPDATE without a condition overwrites `locale` in all rows of `User`.',
    'medium',
  ],
  ['DELETE FROM "User";', 'DELETE without a condition takes all rows of `User`.', 'high'],
  ['DELETE FROM "User" WHERE 1 = 1;', 'DELETE without a condition takes all rows of `User`.', 'high'],
])('speaks of %s', async (sql, expected, expectedLevel) => {
  const { message, level } = await finding(users, sql);
  expect([message, level]).toEqual([expected, expectedLevel]);
});

test('is silent of a column that the migration right before adds without a value', async () => {
  const migrations = (added: string, ...between: readonly string[]) =>
    Object.fromEntries(
      [users, added, ...between, `UPDATE "User" SET "plan" = 'free';`].map((sql, at) => [`${String(at)}_step`, sql]),
    );
  const add = 'ALTER TABLE "User" ADD COLUMN "plan" TEXT';
  expect(await say('', '', { migrations: migrations(`${add};`) })).toEqual([]);
  expect(await say('', '', { migrations: migrations(`${add} DEFAULT 'x';`) })).toHaveLength(1);
  expect(await say('', '', { migrations: migrations(`${add};`, 'SELECT 1;') })).toHaveLength(1);
});

test('names only the columns that were there', async () => {
  const sql = `ALTER TABLE "User" ADD COLUMN "plan" TEXT; UPDATE "User" SET "plan" = 'free', "locale" = 'en';`;
  expect(await say(users, sql)).toEqual(['UPDATE without a condition overwrites `locale` in all rows of `User`.']);
});

test('counts the values that would be overwritten, and the rows that would go', async () => {
  const rows = `INSERT INTO "User" ("id", "locale") VALUES (1, 'de'), (2, NULL)`;
  expect((await rowsFound(users, `UPDATE "User" SET "locale" = 'en';`, rows)).found).toEqual([{ rows: 1 }]);
  expect((await rowsFound(users, 'DELETE FROM "User";', rows)).found).toEqual([{ rows: 2 }]);
});
