import { describe, expect, jest, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './recreated-column.ts';

jest.setTimeout(120_000);
const { say, finding, rowsFound, codeOf } = failTesting(rule);
const { applied } = await rewriteTesting();
const orders = `CREATE TYPE "Status" AS ENUM ('OPEN', 'PAID');
CREATE TABLE "Order" ("id" INTEGER NOT NULL, "status" TEXT NOT NULL DEFAULT 'OPEN', "paid" BOOLEAN, "label" TEXT, "twice" INTEGER GENERATED ALWAYS AS ("id" * 2) STORED, CONSTRAINT "Order_pkey" PRIMARY KEY ("id"));`;

test.each([
  [
    'with the values kept aside',
    `CREATE TABLE "aside" AS SELECT "id", "status" FROM "Order";
ALTER TABLE "Order" DROP COLUMN "status", ADD COLUMN "status" "Status";`,
  ],
  [
    'with the old one under another name',
    `ALTER TABLE "Order" RENAME COLUMN "status" TO "status_old";
ALTER TABLE "Order" ADD COLUMN "status" "Status";
UPDATE "Order" SET "status" = "status_old"::"Status";
ALTER TABLE "Order" DROP COLUMN "status_old";`,
  ],
  [
    'that is generated',
    'ALTER TABLE "Order" DROP COLUMN "twice", ADD COLUMN "twice" INTEGER GENERATED ALWAYS AS ("id" * 3) STORED;',
  ],
  [
    'of a table that gets a required column and so has no row',
    'ALTER TABLE "Order" DROP COLUMN "status", ADD COLUMN "status" "Status", ADD COLUMN "buyer" TEXT NOT NULL;',
  ],
  ['of a new table', 'CREATE TABLE "A" ("b" TEXT); ALTER TABLE "A" DROP COLUMN "b", ADD COLUMN "b" INTEGER;'],
  ['that is added only', 'ALTER TABLE "Order" ADD COLUMN "note" TEXT;'],
])('is silent of a column %s', async (_case, sql) => {
  expect(await say(orders, sql)).toEqual([]);
});

test('names both types', async () => {
  const { message, level } = await finding(
    orders,
    'ALTER TABLE "Order" DROP COLUMN "status", ADD COLUMN "status" "Status";',
  );
  expect(message).toBe(
    'The column `status` of `Order` is dropped and added again, once as `text` and then as `"Status"`, so all its values are lost where a conversion would keep them.',
  );
  expect(level).toBe('critical');
});

test('is high where nothing converts the one into the other', async () => {
  const { level, fix } = await finding(
    orders,
    'ALTER TABLE "Order" DROP COLUMN "paid", ADD COLUMN "paid" TIMESTAMP(3);',
  );
  expect([level, fix]).toEqual(['high', null]);
});

test('loses nothing where it is required now, and the migration fails on any row', async () => {
  const sql = 'ALTER TABLE "Order" DROP COLUMN "status", ADD COLUMN "status" "Status" NOT NULL;';
  const { message, level } = await finding(orders, sql);
  expect([message, level]).toEqual([
    'The column `status` of `Order` is dropped and added again, once as `text` and then as `"Status"`, so the migration fails as soon as the table has a row where a conversion would keep the values.',
    'high',
  ]);
  expect(await codeOf(orders, 'INSERT INTO "Order" ("id") VALUES (1);', sql)).toBe('23502');
});

test('knows of no conversion for a key to rows that are numbered anew', async () => {
  const posts = `CREATE TABLE "User" ("id" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE TABLE "Post" ("id" INTEGER NOT NULL, "userId" TEXT, "number" TEXT);
ALTER TABLE "Post" ADD CONSTRAINT "Post_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id");`;
  const sql = `ALTER TABLE "Post" DROP CONSTRAINT "Post_userId_fkey";
ALTER TABLE "Post" DROP COLUMN "userId", ADD COLUMN "userId" INTEGER, DROP COLUMN "number", ADD COLUMN "number" INTEGER;
ALTER TABLE "User" DROP CONSTRAINT "User_pkey", DROP COLUMN "id", ADD COLUMN "id" SERIAL NOT NULL, ADD CONSTRAINT "User_pkey" PRIMARY KEY ("id");`;
  expect(await say(posts, sql)).toEqual([
    'The column `userId` of `Post` is dropped and added again, once as `text` and then as `integer`, so all its values are lost.',
    'The column `number` of `Post` is dropped and added again, once as `text` and then as `integer`, so all its values are lost where a conversion would keep them.',
    'The column `id` of `User` is dropped and added again, once as `text` and then as `integer`, so all its values are lost.',
  ]);
});

describe('the fix', () => {
  test('converts', async () => {
    const sql = `-- AlterTable
ALTER TABLE "Order" DROP COLUMN "status",
ADD COLUMN "status" "Status" NOT NULL DEFAULT 'PAID';
`;
    const { files, said } = await applied(rule, orders, sql);
    expect(files['2_next']).toBe(`-- AlterTable
ALTER TABLE "Order" ALTER COLUMN "status" DROP DEFAULT,
  ALTER COLUMN "status" TYPE "Status" USING "status"::"Status",
  ALTER COLUMN "status" SET DEFAULT 'PAID';
`);
    expect(said).toEqual([]);
  });

  test('takes the statement out where nothing is left to do', async () => {
    const { files } = await applied(rule, orders, 'ALTER TABLE "Order" DROP COLUMN "label", ADD COLUMN "label" TEXT;');
    expect(files['2_next']).toBe('-- This migration is empty: what it did is done by those behind it.');
  });
});

test('counts the values that would be lost', async () => {
  const sql = 'ALTER TABLE "Order" DROP COLUMN "label", ADD COLUMN "label" INTEGER;';
  expect((await rowsFound(orders, sql, `INSERT INTO "Order" ("id", "label") VALUES (1, 'x')`)).found).toEqual([
    { rows: 1 },
  ]);
  expect((await rowsFound(orders, sql, 'INSERT INTO "Order" ("id") VALUES (1)')).found).toEqual([]);
});
