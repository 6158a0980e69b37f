import { expect, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import rule from './truncate.ts';

const { say, finding, rowsFound } = failTesting(rule);
const shop = `CREATE TABLE "User" ("id" INTEGER PRIMARY KEY);
CREATE TABLE "Order" ("id" INTEGER PRIMARY KEY, "userId" INTEGER REFERENCES "User"("id") ON DELETE RESTRICT);
CREATE TABLE "Line" ("id" INTEGER PRIMARY KEY, "orderId" INTEGER REFERENCES "Order"("id"));`;

test.each([
  ['of the same migration', 'CREATE TABLE "A" ("id" INTEGER); TRUNCATE "A";'],
  ['that is temporary', 'CREATE TEMP TABLE "A" ("id" INTEGER); TRUNCATE "A";'],
  ['that is copied before', 'CREATE TABLE "Line_2025" AS SELECT * FROM "Line"; TRUNCATE "Line";'],
  ['that is dropped after it', 'TRUNCATE "Line"; DROP TABLE "Line";'],
])('is silent of a table %s', async (_case, sql) => {
  expect(await say(shop, sql)).toEqual([]);
});

test('names the table', async () => {
  const { message, level } = await finding(shop, 'TRUNCATE TABLE "Line";');
  expect([message, level]).toEqual(['TRUNCATE takes all rows of `Line`.', 'high']);
});

test('with CASCADE names those that go too', async () => {
  const { message, level } = await finding(shop, 'TRUNCATE "User" CASCADE;');
  expect([message, level]).toEqual([
    'TRUNCATE takes all rows of `User`, and with CASCADE those of `Order, Line`.',
    'critical',
  ]);
  expect((await finding(shop, 'TRUNCATE "Line" CASCADE;')).level).toBe('high');
});

test('is medium where the table is filled again', async () => {
  expect((await finding(shop, 'TRUNCATE "Line"; INSERT INTO "Line" ("id") VALUES (1);')).level).toBe('medium');
});

test('speaks once for several tables', async () => {
  expect(await say(shop, 'TRUNCATE "Line", "Order";')).toEqual(['TRUNCATE takes all rows of `Line, Order`.']);
});

test('counts the rows', async () => {
  expect((await rowsFound(shop, 'TRUNCATE "Line";', 'INSERT INTO "Line" ("id") VALUES (1), (2)')).found).toEqual([
    { rows: 2 },
  ]);
  expect((await rowsFound(shop, 'TRUNCATE "Line";', '')).found).toEqual([]);
});

test('says so where a block decides', async () => {
  const sql = `DO $$ BEGIN IF now() > '2026-01-01' THEN TRUNCATE "Session"; END IF; END $$;`;
  expect(await say('CREATE TABLE "Session" ("id" INTEGER);', sql)).toEqual([
    'TRUNCATE takes all rows of `Session`, if its block comes to it.',
  ]);
});
