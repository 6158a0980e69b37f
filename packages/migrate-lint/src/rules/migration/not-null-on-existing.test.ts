import { expect, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './not-null-on-existing.ts';

const { say, finding, rowsFound } = failTesting(rule);
const { applied } = await rewriteTesting();
const users = `CREATE TABLE "User" ("id" SERIAL PRIMARY KEY, "name" TEXT, "code" TEXT NOT NULL, "locale" TEXT DEFAULT 'en');`;
const change = 'ALTER TABLE "User" ALTER COLUMN "name" SET NOT NULL;';

test.each([
  ['a new table', 'CREATE TABLE "A" ("b" TEXT); ALTER TABLE "A" ALTER COLUMN "b" SET NOT NULL;'],
  ['a column that was NOT NULL', 'ALTER TABLE "User" ALTER COLUMN "code" SET NOT NULL;'],
  ['rows that were filled', `UPDATE "User" SET "name" = '' WHERE "name" IS NULL; ${change}`],
  [
    'rows that were filled in one of several conditions',
    `UPDATE "User" SET "name" = '' WHERE name IS NULL OR "name" = 'x'; ${change}`,
  ],
  ['all rows written', `UPDATE "User" SET "name" = "code"; ${change}`],
  ['rows without it that go', `DELETE FROM "User" WHERE "name" IS NULL; ${change}`],
  ['an emptied table', `DELETE FROM "User"; ${change}`],
  [
    'a CHECK that was validated',
    `ALTER TABLE "User" ADD CONSTRAINT "c" CHECK ("name" IS NOT NULL) NOT VALID; ALTER TABLE "User" VALIDATE CONSTRAINT "c"; ${change}`,
  ],
  [
    'a new column with a default',
    `ALTER TABLE "User" ADD COLUMN "n" INT DEFAULT 0; ALTER TABLE "User" ALTER COLUMN "n" SET NOT NULL;`,
  ],
  [
    'a new column that is filled',
    `ALTER TABLE "User" ADD COLUMN "n" TEXT; UPDATE "User" SET "n" = "code"; ALTER TABLE "User" ALTER COLUMN "n" SET NOT NULL;`,
  ],
  [
    'a new column that is filled from another table',
    `ALTER TABLE "User" ADD COLUMN "n" TEXT; UPDATE "User" u SET "n" = o."name" FROM "User" o WHERE o."id" = u."id"; ALTER TABLE "User" ALTER COLUMN "n" SET NOT NULL;`,
  ],
  [
    'a new column that is filled value by value and renamed',
    `ALTER TABLE "User" ADD COLUMN "n" TEXT; UPDATE "User" SET "n" = 'A' WHERE "name" = 'a'; UPDATE "User" SET "n" = 'B' WHERE "name" <> 'a'; ALTER TABLE "User" DROP COLUMN "name"; ALTER TABLE "User" RENAME COLUMN "n" TO "name"; ${change}`,
  ],
  [
    'a column that is renamed after it was filled',
    `ALTER TABLE "User" ADD COLUMN "n" TEXT; UPDATE "User" SET "n" = 'A' WHERE "n" IS NULL; ALTER TABLE "User" RENAME COLUMN "n" TO "m"; ALTER TABLE "User" ALTER COLUMN "m" SET NOT NULL;`,
  ],
  ['a condition', `DO $$ BEGIN IF true THEN ${change} END IF; END $$;`],
])('is silent for %s', async (_case, sql) => {
  expect(await say(users, sql)).toEqual([]);
});

test.each([
  ['a column', change, 'medium', '`User.name` becomes NOT NULL, which fails when a row holds NULL in it.'],
  [
    'a column with a default for new rows',
    `ALTER TABLE "User" ALTER COLUMN "name" SET NOT NULL, ALTER COLUMN "name" SET DEFAULT 'x';`,
    'medium',
    '`User.name` becomes NOT NULL, which fails when a row holds NULL in it.',
  ],
  [
    'some rows written',
    `UPDATE "User" SET "name" = '' WHERE "id" < 10; ${change}`,
    'low',
    '`User.name` becomes NOT NULL, which fails when a row holds NULL in it, unless the UPDATE before it reaches all of them.',
  ],
  [
    'another column filled',
    `UPDATE "User" SET "locale" = '' WHERE "name" IS NULL; ${change}`,
    'medium',
    '`User.name` becomes NOT NULL, which fails when a row holds NULL in it.',
  ],
  [
    'a new column without a value',
    'ALTER TABLE "User" ADD COLUMN "n" TEXT; ALTER TABLE "User" ALTER COLUMN "n" SET NOT NULL;',
    'high',
    '`User.n` becomes NOT NULL while every row holds NULL in it, which fails as soon as the table has a row.',
  ],
  [
    'a CHECK that is not validated',
    `ALTER TABLE "User" ADD CONSTRAINT "c" CHECK ("name" IS NOT NULL) NOT VALID; ${change}`,
    'medium',
    '`User.name` becomes NOT NULL, which fails when a row holds NULL in it.',
  ],
])('speaks of %s', async (_case, sql, level, message) => {
  expect(await finding(users, sql)).toMatchObject({ level, message });
});

test('finds the rows', async () => {
  expect(await rowsFound(users, change, `INSERT INTO "User" ("name", "code") VALUES ('a', 'b')`)).toEqual({
    found: [],
    runs: true,
  });
  expect(await rowsFound(users, change, `INSERT INTO "User" ("code") VALUES ('b'), ('c')`)).toEqual({
    found: [{ rows: 2 }],
    runs: false,
  });
});

test('fills the rows with the default that the column has or gets', async () => {
  const own = await applied(rule, users, '-- AlterTable\nALTER TABLE "User" ALTER COLUMN "locale" SET NOT NULL;\n');
  expect(own.said).toEqual([]);
  expect(own.files['2_next']).toBe(
    `-- AlterTable\nUPDATE "User" SET "locale" = 'en' WHERE "locale" IS NULL;\nALTER TABLE "User" ALTER COLUMN "locale" SET NOT NULL;\n`,
  );
  const sql = `ALTER TABLE "User" ALTER COLUMN "name" SET NOT NULL, ALTER COLUMN "name" SET DEFAULT 'it''s';`;
  expect((await applied(rule, users, sql)).said).toEqual([]);
});

test('knows no value of a column without a default', async () => {
  expect((await finding(users, change)).fix).toMatchObject({
    title: 'Give the rows that hold NULL in `name` a value first',
    edits: [],
  });
});
