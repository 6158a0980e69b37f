import { expect, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './unsafe-cast.ts';

const { say, finding, rowsFound, codeOf } = failTesting(rule);
const { applied } = await rewriteTesting();
const before = `CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN', 'GUEST');
CREATE TABLE "Item" ("id" SERIAL PRIMARY KEY, "size" TEXT, "code" VARCHAR(20), "count" BIGINT, "price" DECIMAL(10,2), "role" "Role" NOT NULL DEFAULT 'USER', "roles" "Role"[], "flag" TEXT DEFAULT 'no', "data" JSON);`;
const change = (column: string, type: string): string =>
  `ALTER TABLE "Item" ALTER COLUMN "${column}" SET DATA TYPE ${type};`;
const swap = (values: string, column = 'role', brackets = ''): string => `BEGIN;
CREATE TYPE "Role_new" AS ENUM (${values});
ALTER TABLE "Item" ALTER COLUMN "role" DROP DEFAULT;
ALTER TABLE "Item" ALTER COLUMN "${column}" TYPE "Role_new"${brackets} USING ("${column}"::text::"Role_new"${brackets});
COMMIT;`;

test.each([
  ['a text without a limit', change('code', 'TEXT')],
  ['a higher limit', change('code', 'VARCHAR(30)')],
  ['a limit that holds all', change('count', 'VARCHAR(20)')],
  ['a bigger number', change('count', 'DECIMAL(20,0)')],
  ['a scale, which rounds in silence', change('price', 'DECIMAL(9,1)')],
  ['a whole number, which rounds in silence', change('price', 'INTEGER')],
  ['a cut that is asked for', 'ALTER TABLE "Item" ALTER COLUMN "code" TYPE VARCHAR(5) USING "code"::varchar(5);'],
  ['JSON', change('data', 'JSONB')],
  ['a text of an enum', 'ALTER TABLE "Item" ALTER COLUMN "role" DROP DEFAULT, ALTER COLUMN "role" TYPE TEXT;'],
  ['a USING that computes', `ALTER TABLE "Item" ALTER COLUMN "size" TYPE INTEGER USING NULLIF("size", '')::integer;`],
  [
    'a USING with a condition',
    `ALTER TABLE "Item" ALTER COLUMN "size" TYPE INTEGER USING (CASE WHEN "size" ~ '^[0-9]+$' THEN "size"::integer END);`,
  ],
  ['an enum with more values', swap(`'USER', 'ADMIN', 'GUEST', 'OWNER'`)],
  [
    'an enum whose values are replaced first',
    `UPDATE "Item" SET "role" = 'USER' WHERE "role" = 'GUEST'; ${swap(`'USER', 'ADMIN'`)}`,
  ],
  [
    'a new column',
    'ALTER TABLE "Item" ADD COLUMN "n" TEXT; ALTER TABLE "Item" ALTER COLUMN "n" TYPE INTEGER USING "n"::integer;',
  ],
  ['a new table', 'CREATE TABLE "A" ("n" TEXT); ALTER TABLE "A" ALTER COLUMN "n" TYPE INTEGER USING "n"::integer;'],
  ['an emptied table', `TRUNCATE "Item"; ${change('code', 'VARCHAR(5)')}`],
  ['a list, which is another rule’s', change('size', 'TEXT[]')],
  ['a type of an extension', 'ALTER TABLE "Item" ALTER COLUMN "size" TYPE geometry USING "size"::geometry;'],
  ['a column that no statement made', 'ALTER TABLE "Other" ALTER COLUMN "size" TYPE INTEGER;'],
])('is silent for %s', async (_case, sql) => {
  expect(await say(before, sql)).toEqual([]);
});

test.each([
  [
    change('size', 'INTEGER'),
    '`Item.size` cannot change from `text` to `integer` without USING, because Postgres does not cast them by itself, so the migration fails whatever is in the table.',
    '42804',
  ],
  [
    change('count', 'UUID'),
    '`Item.count` cannot change from `bigint` to `uuid`, because Postgres has no such cast, so the migration fails whatever is in the table.',
    '42804',
  ],
  [
    'ALTER TABLE "Item" ALTER COLUMN "count" TYPE UUID USING "count"::uuid;',
    '`Item.count` cannot change from `bigint` to `uuid`, because Postgres has no such cast, so the migration fails whatever is in the table.',
    '42846',
  ],
  [
    'CREATE TYPE "R" AS ENUM (\'no\'); ALTER TABLE "Item" ALTER COLUMN "flag" TYPE "R" USING "flag"::"R";',
    '`Item.flag` cannot change from `text` to `"R"` while it has the default `\'no\'`, which Postgres does not cast, so the migration fails whatever is in the table.',
    '42804',
  ],
  [
    'CREATE TYPE "R" AS ENUM (\'USER\'); ALTER TABLE "Item" ALTER COLUMN "role" DROP DEFAULT; ALTER TABLE "Item" ALTER COLUMN "role" TYPE "R" USING "role"::"R";',
    '`Item.role` cannot change from `"Role"` to `"R"`, because Postgres has no such cast, so the migration fails whatever is in the table.',
    '42846',
  ],
])('says what always fails: %s', async (sql, message, code) => {
  expect(await finding(before, sql)).toMatchObject({ message, level: 'critical' });
  expect(await codeOf(before, sql)).toBe(code);
});

test('is silent where the default is dropped by the same statement', async () => {
  const sql = `CREATE TYPE "R" AS ENUM ('no'); ALTER TABLE "Item" ALTER COLUMN "flag" TYPE "R" USING "flag"::"R", ALTER COLUMN "flag" DROP DEFAULT;`;
  expect(await finding(before, sql)).toMatchObject({ level: 'medium' });
  expect(await codeOf(before, sql)).toBeUndefined();
});

test.each([
  [change('code', 'VARCHAR(5)'), 'code', `'abcde  '`, `'abcdef'`, 'is longer than 5 characters', 'abcdef'],
  [change('count', 'INTEGER'), 'count', '2147483647', '2147483648', 'is out of the range of `integer`', '2147483648'],
  [change('price', 'DECIMAL(5,2)'), 'price', '999.99', '1000', 'has more than 3 digits before the point', '1000.00'],
  [
    'ALTER TABLE "Item" ALTER COLUMN "size" TYPE INTEGER USING "size"::integer;',
    'size',
    `' 12'`,
    `'12a'`,
    'cannot be read as `integer`',
    '12a',
  ],
  [
    'ALTER TABLE "Item" ALTER COLUMN "size" TYPE TIMESTAMPTZ USING CAST("size" AS timestamptz);',
    'size',
    `'2020-01-01'`,
    `'soon'`,
    'cannot be read as `timestamp with time zone`',
    'soon',
  ],
  [
    'ALTER TABLE "Item" ALTER COLUMN "size" TYPE "Role" USING "size"::"Role";',
    'size',
    `'USER'`,
    `'user'`,
    'is none of the values of `"Role"`',
    'user',
  ],
  [
    'ALTER TABLE "Item" ALTER COLUMN "count" TYPE VARCHAR(3) USING "count"::text;',
    'count',
    '999',
    '1000',
    'is longer than 3 characters',
    '1000',
  ],
])('finds the values of %s', async (sql, column, good, bad, what, value) => {
  const rows = (given: string): string => `INSERT INTO "Item" ("${column}") VALUES (${given}), (NULL)`;
  const { message, level } = await finding(before, sql);
  expect([level, message.endsWith(` fails when a value ${what}.`)]).toEqual(['medium', true]);
  expect(await rowsFound(before, sql, rows(good))).toEqual({ found: [], runs: true });
  expect(await rowsFound(before, sql, rows(bad))).toEqual({ found: [{ value, rows: 1 }], runs: false });
});

test('finds the values that an enum loses', async () => {
  const sql = swap(`'USER', 'ADMIN'`);
  expect((await finding(before, sql)).message).toBe(
    'The cast of `Item.role` from `"Role"` to `"Role_new"` fails when a value is `GUEST`, which the new type does not have.',
  );
  expect(await rowsFound(before, sql, `INSERT INTO "Item" ("role") VALUES ('ADMIN')`)).toEqual({
    found: [],
    runs: true,
  });
  expect(await rowsFound(before, sql, `INSERT INTO "Item" ("role") VALUES ('GUEST'), ('GUEST')`)).toEqual({
    found: [{ value: 'GUEST', rows: 2 }],
    runs: false,
  });
});

test('finds them in lists', async () => {
  const sql = swap(`'USER', 'ADMIN'`, 'roles', '[]');
  expect(await rowsFound(before, sql, `INSERT INTO "Item" ("roles") VALUES ('{USER}'), (NULL), ('{}')`)).toEqual({
    found: [],
    runs: true,
  });
  expect(await rowsFound(before, sql, `INSERT INTO "Item" ("roles") VALUES ('{USER,GUEST}')`)).toEqual({
    found: [{ value: '{USER,GUEST}', rows: 1 }],
    runs: false,
  });
});

test('says USING, and takes the default out of the way', async () => {
  const using = await applied(rule, before, change('size', 'INTEGER'));
  expect(using.files['2_next']).toBe(
    'ALTER TABLE "Item" ALTER COLUMN "size" SET DATA TYPE INTEGER USING "size"::integer;',
  );
  // What fails on some values is another matter.
  expect(using.said).toEqual([
    'The cast of `Item.size` from `text` to `integer` fails when a value cannot be read as `integer`.',
  ]);
  const sql = `CREATE TYPE "R" AS ENUM ('no');\nALTER TABLE "Item" ALTER COLUMN "flag" TYPE "R" USING "flag"::"R";\n`;
  const moved = await applied(rule, before, sql);
  expect(moved.files['2_next']).toContain(`ALTER TABLE "Item" ALTER COLUMN "flag" SET DEFAULT 'no';`);
  expect(moved.said).toHaveLength(1);
});
