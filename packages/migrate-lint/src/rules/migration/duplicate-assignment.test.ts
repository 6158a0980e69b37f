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
  [
    'columns without names of their own',
    'CREATE VIEW "v" AS SELECT 1, \'a\'::text, 2::int, lower(\'a\'), "b" FROM "A";',
  ],
  ['columns that are joined', 'CREATE VIEW "v" AS SELECT * FROM "A" "x" JOIN "A" "y" USING ("id", "b", "list", "p");'],
  ['the columns of one of two tables', 'CREATE VIEW "v" AS SELECT "x".*, "y"."id" AS "other" FROM "A" "x", "A" "y";'],
  ['an alias with names', 'CREATE VIEW "v" AS SELECT "x".*, "id" FROM "A" "x" ("a", "c", "d", "e"), "A" "y";'],
  ['a query of WITH', 'CREATE VIEW "v" AS WITH "A" AS (SELECT 1 AS "one") SELECT *, 2 AS "id" FROM "A";'],
  ['values', 'CREATE TABLE "B" AS VALUES (1, 2);'],
  ['the columns of a function', 'CREATE VIEW "v" AS SELECT *, 1 AS "id" FROM generate_series(1, 2);'],
  ['a table that is there', 'CREATE TABLE IF NOT EXISTS "A" AS SELECT 1, 2;'],
  ['a query that nobody keeps', 'CREATE VIEW "v" AS SELECT "n" FROM (SELECT 1, 2, 3 AS "n") "s";'],
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
  ['CREATE VIEW "v" AS SELECT 1, 2;', '42701', 'defines'],
  ['CREATE OR REPLACE VIEW "v" ("a") AS SELECT 1, 2, 3;', '42701', 'defines'],
  ['CREATE TABLE "B" AS SELECT 1, 2;', '42701', 'defines'],
  ['CREATE TABLE IF NOT EXISTS "B" AS SELECT 1, 2;', '42701', 'defines'],
  ['SELECT 1, 2 INTO "B";', '42701', 'defines'],
  ['CREATE MATERIALIZED VIEW "v" AS SELECT 1, 2 WITH NO DATA;', '42701', 'defines'],
  ['CREATE VIEW "v" AS SELECT 1, 2 UNION SELECT 3 AS "a", 4 AS "b";', '42701', 'defines'],
  ['CREATE VIEW "v" AS SELECT count(*), count("b") FROM "A";', '42701', 'defines'],
  ['CREATE VIEW "v" AS SELECT *, "id" FROM "A";', '42701', 'defines'],
  ['CREATE VIEW "v" AS SELECT * FROM "A" "x" JOIN "A" "y" ON "x"."id" = "y"."b";', '42701', 'defines'],
  ['CREATE VIEW "v" AS SELECT * FROM (SELECT 1, 2) "s";', '42701', 'defines'],
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

// What Postgres 15.20 calls each expression of a view, with casts and brackets around it. The embedded database agrees below.
const names: readonly (readonly [expression: string, name: string])[] = [
  ['1', '?column?'],
  ["'x'", '?column?'],
  ['NULL', '?column?'],
  ['true', '?column?'],
  ["B'1'", '?column?'],
  ['- 1::bigint', '?column?'],
  ['"id" + 1', '?column?'],
  ['"id" IN (1, 2)', '?column?'],
  ['"id" IS NULL', '?column?'],
  ['NOT EXISTS (SELECT 1)', '?column?'],
  ['1 = ANY (SELECT 1)', '?column?'],
  ['(SELECT 1)', '?column?'],
  ['(SELECT 1)::int8', '?column?'],
  ['CASE WHEN true THEN 1 ELSE (SELECT 1) END', '?column?'],
  ['\'a\' COLLATE "C"', '?column?'],
  ["'<a/>'::xml IS DOCUMENT", '?column?'],
  ['"A"."id"', 'id'],
  ['("id")::text::varchar', 'id'],
  ['CASE WHEN true THEN 1 ELSE "id" END', 'id'],
  ['(CASE WHEN true THEN 1 ELSE "id" END)::int8', 'id'],
  ['(SELECT "id" FROM "A" LIMIT 1)', 'id'],
  ['(SELECT 1 AS "a b")', 'a b'],
  ['(VALUES (1))', 'column1'],
  ['("p")."x"', 'x'],
  ['("p"::"pair")."x"', 'x'],
  ['("list")[1]', 'list'],
  ['"list"[1:2]', 'list'],
  ['(ARRAY[1])[1]', 'array'],
  ['ARRAY[1]::bigint[]', 'array'],
  ['ARRAY(SELECT 1)', 'array'],
  ['EXISTS (SELECT 1)::text', 'exists'],
  ['CASE WHEN true THEN 1 END', 'case'],
  ['(CASE WHEN true THEN 1 END)::int8', 'int8'],
  ['COALESCE("id", 1)::int8', 'coalesce'],
  ['GREATEST(1, 2)', 'greatest'],
  ['LEAST(1, 2)', 'least'],
  ['NULLIF(1, 2)', 'nullif'],
  ["'2020-01-01'::date", 'date'],
  ["DATE '2020-01-01'", 'date'],
  ["INTERVAL '1' DAY", 'interval'],
  ["TIME WITH TIME ZONE '10:00'", 'timetz'],
  ['("id" + 1)::int8', 'int8'],
  ["'1'::double precision", 'float8'],
  ["'1'::decimal(10, 2)", 'numeric'],
  ["'a'::character(3)", 'bpchar'],
  ["'a'::text::varchar", 'varchar'],
  ["'{}'::int[]", 'int4'],
  ['count(*) OVER ()', 'count'],
  ['pg_catalog.lower("id"::text)::varchar', 'lower'],
  ["now() AT TIME ZONE 'UTC'", 'timezone'],
  ["TRIM(' a')", 'btrim'],
  ["EXTRACT(year FROM DATE '2020-01-01')", 'extract'],
  ['CURRENT_TIMESTAMP(3)', 'current_timestamp'],
  ['CURRENT_DATE::text', 'current_date'],
  ['LOCALTIME', 'localtime'],
  ['CURRENT_ROLE', 'current_role'],
  ['USER', 'user'],
  ['CURRENT_SCHEMA', 'current_schema'],
  ['XMLELEMENT(NAME foo)', 'xmlelement'],
  ["XMLSERIALIZE(CONTENT '<a/>'::xml AS text)", 'xmlserialize'],
];

test.each(names)('%s is called %s', async (expression, name) => {
  const twice = `CREATE VIEW "v" AS SELECT ${expression}, 1 AS "${name}" FROM "A";`;
  expect(await say(before, twice)).toEqual([
    `The statement defines the column \`${name}\` twice, so it fails whatever is in the table.`,
  ]);
  expect(await codeOf(before, twice)).toBe('42701');
  const other = `CREATE VIEW "v" AS SELECT ${expression}, 1 AS "other" FROM "A";`;
  expect(await say(before, other)).toEqual([]);
  expect(await codeOf(before, other)).toBeUndefined();
});

test('points at what has no name, and says what to do', async () => {
  const { text, fix, related } = await finding(before, 'CREATE VIEW "v" AS\nSELECT 1,\n  2;');
  expect(text).toBe('2');
  expect(related).toMatchObject([{ location: { line: 2, column: 8 } }]);
  expect(fix?.title).toBe('Give one of the two another name with AS, or take it out');
});

test('says of one `*` what it says of its first column', async () => {
  const { text, message } = await finding(before, 'CREATE VIEW "v" AS SELECT "x".*, "y".* FROM "A" "x", "A" "y";');
  expect(message).toContain('`id`');
  expect(text).toBe('"y".*');
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
