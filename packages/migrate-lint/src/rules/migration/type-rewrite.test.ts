import { expect, jest, test } from '@jest/globals';
import { findingsOf } from '../../../test/lock-rule-testing.ts';
import { say } from '../../../test/migration-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './type-rewrite.ts';

jest.setTimeout(120_000);
const { applied } = await rewriteTesting();

const orders = `CREATE TYPE "Role" AS ENUM ('a', 'b');
CREATE DOMAIN "mail" AS text;
CREATE TABLE "orders" ("id" uuid PRIMARY KEY, "number" integer, "name" varchar(10), "total" numeric(10,2),
  "at" timestamp(3), "role" "Role", "mail" "mail", "tags" varchar(10)[]);
CREATE TYPE "Role_new" AS ENUM ('a');
`;
const change = (column: string, type: string): string =>
  `ALTER TABLE "orders" ALTER COLUMN "${column}" SET DATA TYPE ${type};`;

test.each([
  ['a longer varchar', change('name', 'VARCHAR(20)')],
  ['text', change('name', 'TEXT')],
  ['text by a plain cast', change('name', 'TEXT USING "name"::text')],
  ['text by CAST', change('name', 'TEXT USING (CAST("name" AS text))')],
  ['a wider numeric', change('total', 'DECIMAL(12,2)')],
  ['more digits of a second', change('at', 'TIMESTAMP(6)')],
  ['the same type', change('number', 'INTEGER')],
  ['a domain', change('mail', 'text')],
  ['a type that nobody knows', change('number', 'geometry')],
  ['a limit less in a list', change('tags', 'VARCHAR[]')],
  ['timestamptz in UTC', `SET TIME ZONE 'UTC';\n${change('at', 'TIMESTAMPTZ')}`],
  ['a table that is emptied before', `DELETE FROM "orders";\n${change('number', 'BIGINT')}`],
  ['a new table', 'CREATE TABLE "a" ("b" integer);\nALTER TABLE "a" ALTER COLUMN "b" TYPE bigint;'],
  ['a temporary table', 'CREATE TEMP TABLE "a" ("b" integer);\nALTER TABLE "a" ALTER COLUMN "b" TYPE bigint;'],
  ['a table that no migration made', 'ALTER TABLE "elsewhere" ALTER COLUMN "b" TYPE bigint;'],
  ['a view', 'CREATE VIEW "v" AS SELECT 1 AS "a";\nALTER VIEW "v" ALTER COLUMN "a" SET DEFAULT 1;'],
])('is silent of %s', async (_, sql) => {
  expect(await say(rule, orders, sql)).toEqual([]);
});

test.each([
  ['number', 'BIGINT', 'integer', 'bigint'],
  ['number', 'BIGINT USING "number"::bigint', 'integer', 'bigint'],
  ['name', 'VARCHAR(5)', 'character varying(10)', 'character varying(5)'],
  ['name', 'TEXT USING upper("name")', 'character varying(10)', 'text'],
  ['total', 'DECIMAL(12,4)', 'numeric(10,2)', 'numeric(12,4)'],
  ['at', 'TIMESTAMPTZ(3)', 'timestamp(3) without time zone', 'timestamp(3) with time zone'],
  ['at', `TIMESTAMPTZ USING "at" AT TIME ZONE 'UTC'`, 'timestamp(3) without time zone', 'timestamp with time zone'],
  ['role', '"Role_new" USING ("role"::text::"Role_new")', '"Role"', '"Role_new"'],
  ['tags', 'TEXT[]', 'character varying(10)[]', 'text[]'],
])('speaks of %s to %s', async (column, type, from, to) => {
  expect(await findingsOf(rule, orders, change(column, type))).toMatchObject([
    {
      level: 'high',
      message: `Changing \`orders.${column}\` from \`${from}\` to \`${to}\` writes all of \`orders\` anew under an ACCESS EXCLUSIVE lock, which blocks reads and writes until it is done.`,
    },
  ]);
});

test('a statement writes a table once', async () => {
  const sql =
    'ALTER TABLE "orders" ALTER COLUMN "number" TYPE bigint, ALTER COLUMN "name" TYPE text, ALTER COLUMN "total" TYPE float8;';
  expect(await say(rule, orders, sql)).toEqual([
    'Changing `orders.number` from `integer` to `bigint` and `orders.total` from `numeric(10,2)` to `double precision` writes all of `orders` anew under an ACCESS EXCLUSIVE lock, which blocks reads and writes until it is done.',
  ]);
});

test('knows the type that a migration before gave', async () => {
  const said = await say(rule, `${orders}${change('name', 'TEXT')}`, change('name', 'VARCHAR(20)'));
  expect(said).toEqual([
    'Changing `orders.name` from `text` to `character varying(20)` writes all of `orders` anew under an ACCESS EXCLUSIVE lock, which blocks reads and writes until it is done.',
  ]);
});

test('timestamptz depends on the zone of the session, and the fix says it', async () => {
  const sql = change('at', 'TIMESTAMPTZ(6)');
  expect(await findingsOf(rule, orders, sql)).toMatchObject([
    {
      level: 'medium',
      message:
        'Unless the session’s TimeZone is UTC, changing `orders.at` from `timestamp(3) without time zone` to `timestamp(6) with time zone` writes all of `orders` anew under an ACCESS EXCLUSIVE lock, which blocks reads and writes until it is done.',
    },
  ]);
  const { files, said, locks } = await applied(rule, orders, sql);
  expect(files['2_next']).toBe(`SET TimeZone TO 'UTC';\n${sql}`);
  expect(said).toEqual([]);
  expect(locks.flatMap(each => each.locks).filter(({ rewrite }) => rewrite)).toEqual([]);
});

test.each([
  ['one with a condition', 'CREATE INDEX "i" ON "orders"("name") WHERE "number" > 0;'],
  ['one whose condition reads the column', `CREATE INDEX "i" ON "orders"("number") WHERE "name" = 'a';`],
  ['one on an expression', 'CREATE INDEX "i" ON "orders"(lower("name"));'],
])('an index is built anew though the type only allows more: %s', async (_, index) => {
  expect(await say(rule, `${orders}${index}`, change('name', 'TEXT'))).toEqual([
    'Changing `orders.name` from `character varying(10)` to `text` leaves the rows of `orders` as they are, but builds `i` anew under an ACCESS EXCLUSIVE lock, which blocks reads and writes until it is done.',
  ]);
});

test('a check of the column reads all rows again', async () => {
  const check = 'ALTER TABLE "orders" ADD CONSTRAINT "c" CHECK ("name" <> \'\')';
  expect(await say(rule, `${orders}${check};`, change('name', 'TEXT'))).toEqual([
    'Changing `orders.name` from `character varying(10)` to `text` leaves the rows of `orders` as they are, but holds all of them against `c` again under an ACCESS EXCLUSIVE lock, which blocks reads and writes until it is done.',
  ]);
  expect(await say(rule, `${orders}${check} NOT VALID;`, change('name', 'TEXT'))).toEqual([]);
});

test.each([
  'CREATE INDEX "i" ON "orders"("name", "number" DESC);',
  'CREATE UNIQUE INDEX "i" ON "orders"("name") INCLUDE ("total");',
  'CREATE INDEX "i" ON "orders"("number") WHERE "number" > 0;',
])('a plain index, and one that does not read the column, stay: %s', async index => {
  expect(await say(rule, `${orders}${index}`, change('name', 'TEXT'))).toEqual([]);
});

test('an index of timestamps is built anew in UTC, too', async () => {
  const before = `${orders}CREATE INDEX "i" ON "orders"("at");`;
  expect(await say(rule, before, `SET TimeZone TO 'UTC';\n${change('at', 'TIMESTAMPTZ')}`)).toEqual([
    'Changing `orders.at` from `timestamp(3) without time zone` to `timestamp with time zone` leaves the rows of `orders` as they are, but builds `i` anew under an ACCESS EXCLUSIVE lock, which blocks reads and writes until it is done.',
  ]);
});
