import { expect, test } from '@jest/globals';
import { say } from '../../../test/migration-testing.ts';
import rule from './vacuum-full.ts';

const orders = 'CREATE TABLE "orders" ("id" integer PRIMARY KEY);\nCREATE MATERIALIZED VIEW "seen" AS SELECT 1 AS "a";';

test.each([
  ['a plain VACUUM', 'VACUUM ANALYZE "orders";'],
  ['VACUUM without FULL', 'VACUUM (FULL false, ANALYZE) "orders";'],
  ['a new table', 'CREATE TABLE "a" ("b" integer PRIMARY KEY);\nCLUSTER "a" USING "a_pkey";'],
  ['one that fails', 'BEGIN;\nVACUUM FULL "orders";\nCOMMIT;'],
  ['CLUSTER ON, which only remembers', 'ALTER TABLE "orders" CLUSTER ON "orders_pkey";'],
])('is silent of %s', async (_, sql) => {
  expect(await say(rule, orders, sql)).toEqual([]);
});

const end = 'anew under an ACCESS EXCLUSIVE lock, which blocks reads and writes until it is done.';

test.each([
  ['VACUUM FULL "orders";', `VACUUM FULL writes all of \`orders\` ${end}`],
  ['VACUUM (FULL, ANALYZE) "seen";', `VACUUM FULL writes all of \`seen\` ${end}`],
  ['VACUUM FULL;', `VACUUM FULL writes every table, one after the other, ${end}`],
  ['CLUSTER "orders" USING "orders_pkey";', `CLUSTER writes all of \`orders\` ${end}`],
  ['CLUSTER "orders";', `CLUSTER writes all of \`orders\` ${end}`],
])('speaks of %s', async (sql, message) => {
  expect(await say(rule, orders, sql)).toEqual([message]);
});
