import { expect, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import rule from './reserved-name.ts';

const { say, finding, codeOf } = failTesting(rule);
const before = 'CREATE TABLE "a" ("id" INTEGER);';

test.each([
  ['a capital letter', 'CREATE TABLE "User" ("id" INTEGER);'],
  ['a word that is a syntax error', 'CREATE TABLE "order" ("group" INTEGER, "default" BOOLEAN);'],
  ['a word that is part of a name', 'CREATE TABLE "users" ("user_id" INTEGER);'],
  ['a table that is renamed', 'CREATE TABLE "user" ("id" INTEGER); ALTER TABLE "user" RENAME TO "users";'],
  ['a column that is dropped', 'ALTER TABLE "a" ADD COLUMN "user" TEXT; ALTER TABLE "a" DROP COLUMN "user";'],
  ['a temporary table', 'CREATE TEMP TABLE "user" ("id" INTEGER);'],
  ['an index', 'CREATE INDEX "user" ON "a"("id");'],
])('is silent for %s', async (_case, sql) => {
  expect(await say(before, sql)).toEqual([]);
});

test.each([
  [
    'CREATE TABLE "user" ("id" INTEGER);',
    'The table `user` has the name of an SQL word, and every query by hand that does not quote it is read as the value of that word, without an error.',
  ],
  [
    'CREATE TABLE "b" ("current_date" DATE);',
    'The column `b.current_date` has the name of an SQL word, and every query by hand that does not quote it is read as the value of that word, without an error.',
  ],
  [
    'ALTER TABLE "a" ADD COLUMN "user" TEXT;',
    'The column `a.user` has the name of an SQL word, and every query by hand that does not quote it is read as the value of that word, without an error.',
  ],
])('speaks of %s', async (sql, message) => {
  expect(await finding(before, sql)).toMatchObject({ message, level: 'low' });
});

test('speaks of every reserved word when asked to', async () => {
  const sql = 'CREATE TABLE "order" ("id" INTEGER, "limit" INTEGER, "name" TEXT);';
  const messages = await say(before, sql, { options: { all: true } });
  expect(messages.map(message => /`[^`]*`/.exec(message)?.[0])).toEqual(['`order`', '`order.limit`']);
});

test.each([
  'user',
  'current_user',
  'session_user',
  'current_role',
  'current_catalog',
  'current_schema',
  'current_date',
  'current_time',
  'current_timestamp',
  'localtime',
  'localtimestamp',
])('Postgres takes %s for a value', async word => {
  const made = `CREATE TABLE "${word}" ("${word}" TEXT);`;
  expect(await codeOf(made, `SELECT * FROM ${word}; SELECT 1 FROM "${word}" WHERE ${word} IS NULL;`)).toBeUndefined();
  expect(await say(before, made)).toHaveLength(2);
});
