import { expect, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './not-null-on-existing.ts';

const { say, finding, rowsFound, codeOf } = failTesting(rule);
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

const insert = `CREATE TABLE "A" ("id" INTEGER PRIMARY KEY, "b" TEXT, "c" TEXT DEFAULT 'x', "n" SERIAL); INSERT INTO "A" ("id") VALUES (1), (2);`;
const strict = 'ALTER TABLE "A" ALTER COLUMN "b" SET NOT NULL;';

test.each([
  ['a value in the INSERT', insert.replace('("id") VALUES (1), (2)', `("id", "b") VALUES (1, 'y')`), strict],
  ['the columns of a list that is left out', insert.replace('("id") VALUES (1), (2)', `VALUES (1, 'y')`), strict],
  ['a default', insert, strict.replace('"b"', '"c"')],
  ['a number of its own', insert, strict.replace('"b"', '"n"')],
  ['an UPDATE behind it', `${insert} UPDATE "A" SET "b" = '' WHERE "b" IS NULL;`, strict],
  ['rows that may be gone', `${insert} DELETE FROM "A" WHERE "b" IS NULL;`, strict],
  [
    'a function that writes them',
    `CREATE FUNCTION "g"() RETURNS void LANGUAGE sql AS 'UPDATE "A" SET "b" = 1'; ${insert} SELECT "g"();`.replace(
      /^(CREATE FUNCTION .*?;) (.*?;) /,
      '$2 $1 ',
    ),
    strict,
  ],
  ['a query that may give no rows', insert.replace('VALUES (1), (2)', 'SELECT 1 WHERE false'), strict],
  ['a type that writes another value', insert, strict.replace('SET', `TYPE TEXT USING '', ALTER COLUMN "b" SET`)],
  [
    'a domain with a default',
    `CREATE DOMAIN "d" AS TEXT DEFAULT 'x'; ${insert.replace('"b" TEXT', '"b" "d"')}`,
    strict,
  ],
  [
    'a trigger',
    insert.replace(
      'INSERT',
      () =>
        `CREATE FUNCTION "f"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW."b" := 'y'; RETURN NEW; END $$; CREATE TRIGGER "t" BEFORE INSERT ON "A" FOR EACH ROW EXECUTE FUNCTION "f"(); INSERT`,
    ),
    strict,
  ],
  [
    'a column that is added with a value',
    `${insert} ALTER TABLE "A" ADD COLUMN "d" TEXT DEFAULT 'z';`,
    strict.replace('"b"', '"d"'),
  ],
  [
    'rows that are there perhaps',
    `INSERT INTO "User" ("id", "code") VALUES (1, 'x') ON CONFLICT DO NOTHING;`,
    `UPDATE "User" SET "name" = ''; ${change}`,
  ],
])('is silent of rows that it inserts with %s', async (_case, rows, sql) => {
  expect(await say(users, `${rows} ${sql}`)).toEqual([]);
  expect(await codeOf(users, rows, sql)).toBeUndefined();
});

test.each([
  ['without a value', insert, strict],
  ['without a list', insert.replace('("id") VALUES (1), (2)', 'VALUES (1)'), strict],
  [
    'as defaults',
    insert.replace('"id" INTEGER PRIMARY KEY, ', '').replace('("id") VALUES (1), (2)', 'DEFAULT VALUES'),
    strict,
  ],
  ['into a table that is empty', insert.replace('(1), (2)', '(1), (1) ON CONFLICT DO NOTHING'), strict],
  ['before the column comes', `${insert} ALTER TABLE "A" ADD COLUMN "d" TEXT;`, strict.replace('"b"', '"d"')],
  ['and then it gets a default', `${insert} ALTER TABLE "A" ALTER COLUMN "b" SET DEFAULT 'y';`, strict],
  [
    'and then it gets another name',
    `${insert} ALTER TABLE "A" RENAME COLUMN "b" TO "d";`,
    strict.replace('"b"', '"d"'),
  ],
  ['into a table that was there', `INSERT INTO "User" ("code") VALUES ('x');`, change],
])('is sure of rows that it inserts %s', async (_case, rows, sql) => {
  const { level, message, precheck } = await finding(users, `${rows} ${sql}`);
  expect(level).toBe('critical');
  expect(message).toMatch(
    /^`.*` becomes NOT NULL, which fails on the rows that the migration inserts, for they hold NULL in it\.$/,
  );
  expect(precheck).toBeNull();
  expect(await codeOf(users, rows, sql)).toBe('23502');
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
