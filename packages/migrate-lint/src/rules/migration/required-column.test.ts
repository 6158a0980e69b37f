import { expect, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import rule from './required-column.ts';

const { say, finding, rowsFound, codeOf } = failTesting(rule);
const users = 'CREATE TABLE "User" ("id" SERIAL NOT NULL, "name" TEXT, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));';

test.each([
  ['a column that may be null', 'ALTER TABLE "User" ADD COLUMN "bio" TEXT;'],
  ['a constant default', `ALTER TABLE "User" ADD COLUMN "role" TEXT NOT NULL DEFAULT 'user';`],
  ['a default of each row', 'ALTER TABLE "User" ADD COLUMN "token" UUID NOT NULL DEFAULT gen_random_uuid();'],
  ['serial', 'ALTER TABLE "User" ADD COLUMN "number" SERIAL NOT NULL;'],
  ['bigserial', 'ALTER TABLE "User" ADD COLUMN "number" BIGSERIAL NOT NULL;'],
  ['identity', 'ALTER TABLE "User" ADD COLUMN "number" INTEGER NOT NULL GENERATED ALWAYS AS IDENTITY;'],
  ['generated', 'ALTER TABLE "User" ADD COLUMN "twice" INTEGER NOT NULL GENERATED ALWAYS AS ("id" * 2) STORED;'],
  ['a new table', 'CREATE TABLE "A" ("id" INTEGER); ALTER TABLE "A" ADD COLUMN "b" TEXT NOT NULL;'],
  ['a truncated table', 'TRUNCATE "User"; ALTER TABLE "User" ADD COLUMN "b" TEXT NOT NULL;'],
  ['a table without its rows', 'DELETE FROM "User"; ALTER TABLE "User" ADD COLUMN "b" TEXT NOT NULL;'],
  ['the new name of a column', 'ALTER TABLE "User" DROP COLUMN "name", ADD COLUMN "names" TEXT NOT NULL;'],
  ['a column made again', 'ALTER TABLE "User" DROP COLUMN "name", ADD COLUMN "name" VARCHAR(9) NOT NULL;'],
  ['what is there', 'ALTER TABLE "User" ADD COLUMN IF NOT EXISTS "name" TEXT NOT NULL;'],
  ['a condition', 'DO $$ BEGIN IF random() < 2 THEN ALTER TABLE "User" ADD COLUMN "b" TEXT NOT NULL; END IF; END $$;'],
  ['a temporary table', 'CREATE TEMP TABLE "T" ("id" INT); ALTER TABLE "T" ADD COLUMN "b" TEXT NOT NULL;'],
  [
    'SET NOT NULL after a value',
    'ALTER TABLE "User" ADD COLUMN "b" TEXT; UPDATE "User" SET "b" = \'\'; ALTER TABLE "User" ALTER COLUMN "b" SET NOT NULL;',
  ],
])('is silent for %s', async (_case, sql) => {
  expect(await say(users, sql)).toEqual([]);
});

test('names the table and the column, at the clause', async () => {
  const { message, level, text } = await finding(
    users,
    'ALTER TABLE "User" DROP COLUMN "name", ADD COLUMN "locale" TEXT NOT NULL;',
  );
  expect(message).toBe(
    '`User` gets the column `locale` as NOT NULL without a default, which fails as soon as the table has a row.',
  );
  expect(level).toBe('high');
  expect(text).toBe('ADD COLUMN "locale" TEXT NOT NULL');
});

test.each([
  ['a default that is null', 'ALTER TABLE "User" ADD COLUMN "b" TEXT NOT NULL DEFAULT NULL;'],
  ['a key', 'ALTER TABLE "User" DROP CONSTRAINT "User_pkey", ADD COLUMN "uuid" UUID PRIMARY KEY;'],
  ['some rows that go', 'DELETE FROM "User" WHERE "id" = 1; ALTER TABLE "User" ADD COLUMN "b" TEXT NOT NULL;'],
  [
    'an emptied table that is filled again',
    'DELETE FROM "User"; INSERT INTO "User" ("name") VALUES (\'a\'); ALTER TABLE "User" ADD COLUMN "b" TEXT NOT NULL;',
  ],
])('speaks for %s', async (_case, sql) => {
  expect(await say(users, sql)).toHaveLength(1);
});

test('is sure of rows that the migration inserts', async () => {
  const sql = `CREATE TABLE "A" ("id" SERIAL PRIMARY KEY); INSERT INTO "A" DEFAULT VALUES; ALTER TABLE "A" ADD COLUMN "b" TEXT NOT NULL;`;
  expect(await finding(users, sql.replace('DEFAULT VALUES', 'VALUES (1)'))).toMatchObject({
    level: 'critical',
    message:
      '`A` gets the column `b` as NOT NULL without a default, which fails on the rows that the migration inserts.',
    precheck: null,
  });
  expect(await say(users, sql.replace('DEFAULT VALUES', 'SELECT 1 WHERE false'))).toEqual([]);
  expect(await codeOf(users, sql)).toBe('23502');
});

test('looks for rows', async () => {
  const sql = 'ALTER TABLE "User" ADD COLUMN "locale" TEXT NOT NULL;';
  expect(await rowsFound(users, sql, '')).toEqual({ found: [], runs: true });
  expect(await rowsFound(users, sql, `INSERT INTO "User" ("name") VALUES ('Ada')`)).toEqual({
    found: [{ rows: 1 }],
    runs: false,
  });
});

test('looks at the table under the name that it has before', async () => {
  const sql = 'ALTER TABLE "User" RENAME TO "Account"; ALTER TABLE "Account" ADD COLUMN "locale" TEXT NOT NULL;';
  expect(await rowsFound(users, sql, `INSERT INTO "User" ("name") VALUES ('Ada')`)).toEqual({
    found: [{ rows: 1 }],
    runs: false,
  });
});

test('keeps names that want to be something else', async () => {
  const before = 'CREATE TABLE "o""; drop" ("id" INTEGER);';
  const [message] = await say(before, 'ALTER TABLE "o""; drop" ADD COLUMN "a`b" TEXT NOT NULL;');
  expect(message).toContain('o"; drop');
});
