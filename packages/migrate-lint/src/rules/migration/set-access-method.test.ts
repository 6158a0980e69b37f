import { expect, test } from '@jest/globals';
import { say } from '../../../test/migration-testing.ts';
import rule from './set-access-method.ts';

const orders = 'CREATE TABLE "orders" ("id" integer);\n';
const changed = 'ALTER TABLE "orders" SET ACCESS METHOD "columnar";\n';

test.each([
  ['the method of all', orders, 'ALTER TABLE "orders" SET ACCESS METHOD heap;'],
  ['a new table', 'SELECT 1;', `${orders}${changed}`],
  ['a table that has it', `${orders}${changed}`, changed],
  ['a table that was made with it', orders.replace(';', ' USING "columnar";'), changed],
  ['a partitioned table', orders.replace(';', ' PARTITION BY RANGE ("id");'), changed],
])('is silent of %s', async (_, before, sql) => {
  expect(await say(rule, before, sql)).toEqual([]);
});

test('speaks of another one', async () => {
  expect(await say(rule, orders, changed)).toEqual([
    'Changing the access method of `orders` to `columnar` writes all of it anew under an ACCESS EXCLUSIVE lock, which blocks reads and writes until it is done.',
  ]);
});
