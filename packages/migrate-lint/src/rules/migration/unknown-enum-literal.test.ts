import { expect, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './unknown-enum-literal.ts';

const { say, finding, codeOf } = failTesting(rule);
const { applied } = await rewriteTesting();
const before = `CREATE TYPE "Status" AS ENUM ('ACTIVE', 'CLOSED');
CREATE TYPE "Kind" AS ENUM ('a');
CREATE TABLE "Account" ("id" SERIAL PRIMARY KEY, "status" "Status" NOT NULL DEFAULT 'ACTIVE', "note" TEXT, "all" "Status"[]);
CREATE TABLE "Note" ("id" SERIAL PRIMARY KEY, "status" TEXT, "kind" "Kind");`;

test.each([
  [
    'values that are there',
    `UPDATE "Account" SET "status" = 'CLOSED' WHERE "status" IN ('ACTIVE', 'CLOSED') AND "note" = 'x';`,
  ],
  ['a text', `UPDATE "Account" SET "status" = 'CLOSED' WHERE "status"::text = 'old' OR "note" = 'old';`],
  ['a value that was added', `ALTER TYPE "Status" ADD VALUE 'OLD'; COMMIT; UPDATE "Account" SET "status" = 'OLD';`],
  [
    'a value that was renamed',
    `ALTER TYPE "Status" RENAME VALUE 'CLOSED' TO 'GONE'; UPDATE "Account" SET "status" = 'GONE';`,
  ],
  [
    'a new enum',
    `CREATE TYPE "T" AS ENUM ('x'); CREATE TABLE "B" ("t" "T" NOT NULL DEFAULT 'x', "u" "T" DEFAULT 'x'::"T" CHECK ("u" <> 'x'));`,
  ],
  [
    'a default of another column',
    `ALTER TABLE "Account" ALTER COLUMN "note" SET DEFAULT 'old', ADD COLUMN "k" TEXT DEFAULT 'old';`,
  ],
  [
    'a column of another table',
    `INSERT INTO "Note" ("status") SELECT 'old' FROM "Account" WHERE "note" = 'old'; UPDATE "Note" SET "status" = 'old';`,
  ],
  ['a column that two tables have', `SELECT 1 FROM "Account", "Note" n WHERE n."status" = 'old';`],
  ['a table that nobody made', `UPDATE "Other" SET "status" = 'old' WHERE "status" = 'new';`],
  ['a number', `UPDATE "Account" SET "id" = 5 WHERE "id" = 4 AND "all" = '{ACTIVE}';`],
  ['a list', `ALTER TABLE "Account" ALTER COLUMN "all" SET DEFAULT ARRAY['ACTIVE']::"Status"[];`],
  ['NULL', `UPDATE "Note" SET "kind" = NULL;`],
  ['a query of a WITH', `WITH "Account" AS (SELECT 'x' AS "status") SELECT 1 FROM "Account" WHERE "status" = 'old';`],
  [
    'an enum that is put in the place of another',
    `ALTER TABLE "Account" ALTER COLUMN "status" DROP DEFAULT; ALTER TYPE "Status" RENAME TO "Status_old"; CREATE TYPE "Status" AS ENUM ('NEW'); ALTER TABLE "Account" ALTER COLUMN "status" TYPE "Status" USING (CASE "status"::text WHEN 'ACTIVE' THEN 'NEW' END)::"Status"; ALTER TABLE "Account" ALTER COLUMN "status" SET DEFAULT 'NEW';`,
  ],
])('is silent for %s', async (_case, sql) => {
  expect(await say(before, sql)).toEqual([]);
  if (!sql.includes('"Other"') && !sql.includes('COMMIT')) expect(await codeOf(before, sql)).toBeUndefined();
});

test.each([
  `UPDATE "Account" SET "note" = 'x' WHERE "status" = 'old';`,
  `UPDATE "Account" SET "note" = 'x' WHERE 'old' <> "status";`,
  `UPDATE "Account" a SET "note" = 'x' WHERE a."status" IN ('ACTIVE', 'old');`,
  `UPDATE "Account" SET "note" = 'x' WHERE "status" IS DISTINCT FROM 'old';`,
  `UPDATE "Account" SET "status" = 'old';`,
  `DELETE FROM "Account" WHERE "status" = 'old' AND "id" = 1;`,
  `INSERT INTO "Account" ("note", "status") VALUES ('x', 'ACTIVE'), ('y', 'old');`,
  `INSERT INTO "Account" ("status") SELECT 'old';`,
  `INSERT INTO "Account" VALUES (1, 'old');`,
  `INSERT INTO "Account" ("id") VALUES (1) ON CONFLICT ("id") DO UPDATE SET "status" = 'old';`,
  `ALTER TABLE "Account" ALTER COLUMN "status" SET DEFAULT 'old';`,
  `ALTER TABLE "Account" ADD COLUMN "more" "Status" DEFAULT 'old';`,
  `CREATE TABLE "B" ("s" "Status" NOT NULL DEFAULT 'old');`,
  `CREATE TABLE "B" ("s" "Status", CHECK ("s" <> 'old'));`,
  `ALTER TABLE "Account" ADD CONSTRAINT "c" CHECK ("status" <> 'old');`,
  `CREATE INDEX "i" ON "Account"("id") WHERE "status" = 'old';`,
  `CREATE POLICY "p" ON "Account" USING ("status" = 'old');`,
  `CREATE VIEW "v" AS SELECT * FROM "Account" WHERE "status" = 'old';`,
  `SELECT 'old'::"Status";`,
  `SELECT ARRAY['old']::"Status"[];`,
  `SELECT COALESCE("status", 'old') FROM "Account";`,
  `SELECT 1 FROM "Account" JOIN "Note" n ON n."id" = "Account"."id" WHERE "Account"."status" = 'old';`,
])('speaks of %s', async sql => {
  const { message, level, text } = await finding(before, sql);
  expect(level).toBe('critical');
  expect(text).toBe(`'old'`);
  expect(message).toMatch(
    /^The enum `Status`(?: of `\w+\.\w+`)? has no value `old`, so the statement fails whatever is in the table\.$/,
  );
  expect(await codeOf(before, sql)).toBe('22P02');
});

test('writes the value that is meant', async () => {
  const { files, said } = await applied(
    rule,
    before,
    `-- Ähnlich\nUPDATE "Account" SET "note" = 'é' WHERE "status" = 'active';`,
  );
  expect(files['2_next']).toBe(`-- Ähnlich\nUPDATE "Account" SET "note" = 'é' WHERE "status" = 'ACTIVE';`);
  expect(said).toEqual([]);
});
