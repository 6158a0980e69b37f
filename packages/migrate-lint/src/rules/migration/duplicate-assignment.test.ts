import { expect, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import rule from './duplicate-assignment.ts';

const { say, finding, codeOf } = failTesting(rule);
const before = `CREATE TYPE "pair" AS ("x" INTEGER, "y" INTEGER);
CREATE TABLE "A" ("id" INTEGER PRIMARY KEY, "b" INTEGER, "list" INTEGER[], "p" "pair");`;

test.each([
  ['a table', 'CREATE TABLE "B" ("id" INTEGER, "Id" INTEGER);'],
  [
    'IF NOT EXISTS twice',
    'ALTER TABLE "A" ADD COLUMN IF NOT EXISTS "c" INTEGER, ADD COLUMN IF NOT EXISTS "c" INTEGER;',
  ],
  ['a column that is dropped and added', 'ALTER TABLE "A" DROP COLUMN "b", ADD COLUMN "b" TEXT;'],
  ['several changes of one column', 'ALTER TABLE "A" ALTER COLUMN "b" SET DEFAULT 1, ALTER COLUMN "b" SET NOT NULL;'],
  ['two elements', 'UPDATE "A" SET "list"[1] = 1, "list"[2] = 2;'],
  ['two fields', 'UPDATE "A" SET "p"."x" = 1, "p"."y" = 2;'],
  ['two statements', 'UPDATE "A" SET "b" = 1; UPDATE "A" SET "b" = 2;'],
  ['an update within an insert', 'INSERT INTO "A" ("id", "b") VALUES (1, 2) ON CONFLICT ("id") DO UPDATE SET "b" = 3;'],
  ['an index', 'CREATE INDEX "i" ON "A"("b", "b");'],
  ['a view', 'CREATE VIEW "v" AS SELECT "id", "b" AS "id2" FROM "A";'],
  ['a view with names of its own', 'CREATE VIEW "v" ("one", "two") AS SELECT "id", "id" FROM "A";'],
  ['a view of all columns', 'CREATE VIEW "v" AS SELECT *, "id" + 1 AS "next", "b"::text AS "text" FROM "A";'],
  ['a query that is no table', 'DO $$ BEGIN PERFORM 1; END $$; SELECT 1 AS a, 2 AS a;'],
])('is silent for %s', async (_case, sql) => {
  expect(await say(before, sql)).toEqual([]);
  expect(await codeOf(before, sql)).toBeUndefined();
});

test.each([
  ['CREATE TABLE "B" ("id" INTEGER, "id" TEXT);', '42701', 'defines'],
  ['ALTER TABLE "A" ADD COLUMN "c" INTEGER, ADD COLUMN "c" TEXT;', '42701', 'defines'],
  ['INSERT INTO "A" ("id", "b", "b") VALUES (1, 2, 3);', '42701', 'gives a value to'],
  ['UPDATE "A" SET "b" = 1, B = 2;', '42601', 'gives a value to'],
  ['UPDATE "A" SET ("b", "id") = (1, 2), "b" = 3;', '42601', 'gives a value to'],
  ['UPDATE "A" SET "p" = ROW(1, 2), "p"."x" = 1;', '42601', 'gives a value to'],
  ['INSERT INTO "A" ("id") VALUES (1) ON CONFLICT ("id") DO UPDATE SET "b" = 1, "b" = 2;', '42601', 'gives a value to'],
  ['WITH u AS (UPDATE "A" SET "b" = 1, "b" = 2 RETURNING 1) SELECT 1;', '42601', 'gives a value to'],
  ['ALTER TABLE "A" ALTER COLUMN "b" TYPE BIGINT, ALTER COLUMN "b" TYPE TEXT;', '0A000', 'changes the type of'],
  ['ALTER TABLE "A" ADD CONSTRAINT "u" UNIQUE ("b", "b");', '42701', 'names in one key'],
  ['CREATE VIEW "v" AS SELECT 1 AS "a", 2 AS "a";', '42701', 'defines'],
  ['CREATE VIEW "v" AS SELECT "x"."id", "y"."id" FROM "A" "x", "A" "y";', '42701', 'defines'],
  ['CREATE VIEW "v" AS SELECT "id"::text, lower("id"::text) AS "id" FROM "A";', '42701', 'defines'],
  ['CREATE VIEW "v" AS SELECT 1 AS "a", 2 AS "a" UNION SELECT 3, 4;', '42701', 'defines'],
  ['CREATE VIEW "v" ("a", "a") AS SELECT 1, 2;', '42701', 'defines'],
  ['CREATE TABLE "B" AS SELECT 1 AS "a", 2 AS "a";', '42701', 'defines'],
  ['SELECT 1 AS "a", 2 AS "a" INTO "B";', '42701', 'defines'],
  [
    'MERGE INTO "A" USING (SELECT 1 AS i) AS s ON s.i = "A"."id" WHEN MATCHED THEN UPDATE SET "b" = 1, "b" = 2;',
    '42601',
    'gives a value to',
  ],
  [
    'MERGE INTO "A" USING (SELECT 1 AS i) AS s ON s.i = "A"."id" WHEN NOT MATCHED THEN INSERT ("b", "b") VALUES (1, 2);',
    '42701',
    'gives a value to',
  ],
  [`CREATE TABLE "B" ("${'x'.repeat(64)}a" INTEGER, "${'x'.repeat(64)}b" INTEGER);`, '42701', 'defines'],
])('speaks of %s', async (sql, refused, verb) => {
  const { message, level } = await finding(before, sql);
  expect(level).toBe('critical');
  expect(message).toMatch(
    new RegExp(`^The statement ${verb} the column \`.*\` twice, so it fails whatever is in the table\\.$`),
  );
  expect(await codeOf(before, sql)).toBe(refused);
});

test('reads the columns of a foreign table', async () => {
  // The embedded database has no wrapper to make one.
  expect(await say(before, 'CREATE FOREIGN TABLE "F" ("a" INTEGER, "a" TEXT) SERVER "s";')).toEqual([
    'The statement defines the column `a` twice, so it fails whatever is in the table.',
  ]);
});

test('points at both', async () => {
  const { text, related } = await finding(before, 'CREATE TABLE "B" (\n  "id" INTEGER,\n  "Ä" TEXT,\n  "id" TEXT\n);');
  expect(text).toBe('"id"');
  expect(related).toMatchObject([{ message: 'the first time', location: { line: 2, column: 3 } }]);
});
