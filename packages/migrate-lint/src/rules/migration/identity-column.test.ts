import { expect, test } from '@jest/globals';
import { findingsOf } from '../../../test/lock-rule-testing.ts';
import { say } from '../../../test/migration-testing.ts';
import rule from './identity-column.ts';

const orders = 'CREATE TABLE "orders" ("id" uuid PRIMARY KEY, "number" integer NOT NULL);';

test.each([
  ['a plain number', 'ALTER TABLE "orders" ADD COLUMN "a" integer;'],
  ['a column that is there', 'ALTER TABLE "orders" ALTER COLUMN "number" ADD GENERATED ALWAYS AS IDENTITY;'],
  ['serial', 'ALTER TABLE "orders" ADD COLUMN "a" serial;'],
  [
    'a new table',
    'CREATE TABLE "b" ("id" uuid);\nALTER TABLE "b" ADD COLUMN "a" integer GENERATED ALWAYS AS IDENTITY;',
  ],
])('is silent of %s', async (_, sql) => {
  expect(await say(rule, orders, sql)).toEqual([]);
});

test.each(['ALWAYS', 'BY DEFAULT'])('speaks of GENERATED %s AS IDENTITY', async kind => {
  const sql = `ALTER TABLE "orders" ADD COLUMN "a" bigint GENERATED ${kind} AS IDENTITY;`;
  expect(await findingsOf(rule, orders, sql)).toMatchObject([
    {
      level: 'high',
      message:
        'Adding the identity column `orders.a` writes all of `orders` anew to number its rows, under an ACCESS EXCLUSIVE lock, which blocks reads and writes until it is done.',
    },
  ]);
});
