import { expect, test } from '@jest/globals';
import { say } from '../../../test/migration-testing.ts';
import rule from './set-tablespace.ts';

const orders = 'CREATE TABLE "orders" ("id" integer);\n';
const moved = 'ALTER TABLE "orders" SET TABLESPACE "fast";\n';

test.each([
  ['the tablespace of all', orders, 'ALTER TABLE "orders" SET TABLESPACE pg_default;'],
  ['a new table', 'SELECT 1;', `${orders}${moved}`],
  ['a table that is there', `${orders}${moved}`, moved],
  ['a table that was made there', orders.replace(';', ' TABLESPACE "fast";'), moved],
  ['a partitioned table', orders.replace(';', ' PARTITION BY RANGE ("id");'), moved],
])('is silent of %s', async (_, before, sql) => {
  expect(await say(rule, before, sql)).toEqual([]);
});

test.each([
  ['fast', orders, moved],
  ['pg_default', `${orders}${moved}`, 'ALTER TABLE "orders" SET TABLESPACE pg_default;'],
])('speaks of a move to %s', async (name, before, sql) => {
  expect(await say(rule, before, sql)).toEqual([
    `Moving \`orders\` to the tablespace \`${name}\` copies all of it under an ACCESS EXCLUSIVE lock, which blocks reads and writes until it is done.`,
  ]);
});
