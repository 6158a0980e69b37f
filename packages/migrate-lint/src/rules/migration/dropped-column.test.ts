import { expect, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import rule from './dropped-column.ts';

const { say, finding, rowsFound } = failTesting(rule);
const users = `CREATE TABLE "User" ("id" INTEGER NOT NULL, "bio" TEXT, "phone" TEXT, "age" INTEGER, "name" TEXT, "upper" TEXT GENERATED ALWAYS AS (upper("name")) STORED, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));`;

test.each([
  ['of the same migration', 'ALTER TABLE "User" ADD COLUMN "x" TEXT; ALTER TABLE "User" DROP COLUMN "x";'],
  ['of a table of the same migration', 'CREATE TABLE "A" ("id" INTEGER, "b" TEXT); ALTER TABLE "A" DROP COLUMN "b";'],
  ['of a temporary table', 'CREATE TEMP TABLE "A" AS SELECT * FROM "User"; ALTER TABLE "A" DROP COLUMN "bio";'],
  ['that is probably renamed', 'ALTER TABLE "User" DROP COLUMN "phone", ADD COLUMN "phoneNumber" TEXT;'],
  ['that is added again', 'ALTER TABLE "User" DROP COLUMN "age", ADD COLUMN "age" TEXT;'],
  ['that is not there', 'ALTER TABLE "User" DROP COLUMN IF EXISTS "nothing";'],
  ['of a table that goes too', 'ALTER TABLE "User" DROP COLUMN "bio"; DROP TABLE "User";'],
])('is silent of a column %s', async (_case, sql) => {
  expect(await say(users, sql)).toEqual([]);
});

test('says what is lost and who fails, at the clause', async () => {
  const { message, level, text } = await finding(
    users,
    'ALTER TABLE "User" ADD COLUMN "x" INTEGER,\nDROP COLUMN "bio";',
  );
  expect(message).toBe(
    'Dropping the column `bio` of `User` loses its values, and every query of the deployed clients that names it fails until they are replaced.',
  );
  expect(level).toBe('high');
  expect(text).toBe('DROP COLUMN "bio"');
});

test.each([
  ['medium', 'CREATE TABLE "Bio" AS SELECT "id", "bio" FROM "User"; ALTER TABLE "User" DROP COLUMN "bio";'],
  ['medium', 'UPDATE "User" SET "name" = "bio" WHERE "name" IS NULL; ALTER TABLE "User" DROP COLUMN "bio";'],
  ['medium', 'ALTER TABLE "User" DROP COLUMN "upper";'],
  ['medium', 'CREATE TABLE "Bio" AS SELECT "bio" FROM "app"."User"; ALTER TABLE "User" DROP COLUMN "bio";'],
  [
    'high',
    'CREATE SCHEMA "app"; CREATE TABLE "app"."User" ("bio" TEXT); CREATE TABLE "Bio" AS SELECT "bio" FROM "app"."User"; ALTER TABLE "User" DROP COLUMN "bio";',
  ],
  [
    'medium',
    `CREATE TABLE "Bio" ("text" TEXT);
DO $$ DECLARE each RECORD; BEGIN FOR each IN SELECT * FROM "User" LOOP INSERT INTO "Bio" VALUES (each."bio"); END LOOP; END $$;
ALTER TABLE "User" DROP COLUMN "bio";`,
  ],
  ['medium', 'CREATE TABLE "Aside" AS SELECT * FROM "User"; ALTER TABLE "User" DROP COLUMN "bio";'],
  ['high', 'UPDATE "User" SET "bio" = NULL; ALTER TABLE "User" DROP COLUMN "bio";'],
  [
    'high',
    'CREATE TABLE "A" ("bio" TEXT); UPDATE "A" SET "bio" = (SELECT "name" FROM "User" LIMIT 1); ALTER TABLE "User" DROP COLUMN "bio";',
  ],
  ['low', 'ALTER TABLE "Elsewhere" DROP COLUMN IF EXISTS "bio";'],
])('is %s: %s', async (level, sql) => {
  expect((await finding(users, sql)).level).toBe(level);
});

test('loses nothing where the migration fails on any row', async () => {
  const sql = 'ALTER TABLE "User" DROP COLUMN "bio", ADD COLUMN "plan" INTEGER NOT NULL;';
  const { message, level } = await finding(users, sql);
  expect([message, level]).toEqual([
    'Dropping the column `bio` of `User` leaves the deployed clients without it, and every query of the deployed clients that names it fails until they are replaced.',
    'high',
  ]);
  const apart = 'ALTER TABLE "User" DROP COLUMN "bio"; ALTER TABLE "User" ADD COLUMN "plan" INTEGER NOT NULL;';
  expect((await finding(users, apart, { prisma: '7.10.0' })).message).toContain('loses its values');
});

test('is low for what stands in for another column', async () => {
  const before = 'CREATE TABLE "User" ("id" INTEGER, "phone" TEXT, "phone_old" TEXT);';
  expect((await finding(before, 'ALTER TABLE "User" DROP COLUMN "phone_old";')).level).toBe('low');
});

test('shows the only column of the same type that is added', async () => {
  const sql = 'ALTER TABLE "User" DROP COLUMN "bio",\nADD COLUMN "summary" TEXT;';
  const { related } = await finding(users, sql);
  expect(related.map(({ message, location }) => `${String(location.line)}: ${message}`)).toEqual([
    '2: the same type is added here: write RENAME COLUMN if this is its new name',
  ]);
});

test('speaks once for each column', async () => {
  expect(await say(users, 'ALTER TABLE "User" DROP COLUMN "bio", DROP COLUMN "age";')).toHaveLength(2);
});

test('counts the values that would be lost, under the name that the column has before', async () => {
  const sql = 'ALTER TABLE "User" RENAME TO "Account"; ALTER TABLE "Account" DROP COLUMN "bio";';
  expect((await rowsFound(users, sql, 'INSERT INTO "User" ("id") VALUES (1)')).found).toEqual([]);
  const rows = `INSERT INTO "User" ("id", "bio") VALUES (1, 'a'), (2, null)`;
  expect((await rowsFound(users, sql, rows)).found).toEqual([{ rows: 1 }]);
});
