import { expect, test } from '@jest/globals';
import { say } from '../../../test/migration-testing.ts';
import rule from './not-rerunnable.ts';

const [a, b] = ['CREATE TABLE a (id integer);', 'CREATE TABLE b (id integer);'];

test.each([
  ['one statement', a],
  ['one transaction', `BEGIN; ${a} ${b} COMMIT;`],
  ['IF NOT EXISTS', 'CREATE TABLE IF NOT EXISTS a (id integer); ALTER TABLE a ADD COLUMN IF NOT EXISTS b text;'],
  ['a replacement', 'DROP VIEW IF EXISTS v; CREATE VIEW v AS SELECT 1;'],
  ['OR REPLACE', 'CREATE OR REPLACE VIEW v AS SELECT 1; CREATE OR REPLACE VIEW w AS SELECT 1;'],
  ['temporary tables', 'CREATE TEMP TABLE t (id integer) ON COMMIT DROP; CREATE TEMP TABLE u (id integer);'],
  [
    'a function that is dropped before',
    'DROP FUNCTION IF EXISTS f(); CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;',
  ],
  ['writes', `INSERT INTO x VALUES (1); UPDATE x SET a = 2;`],
])('is silent of %s', async (_name, sql) => {
  expect(await say(rule, 'CREATE TABLE x (a integer);', sql)).toEqual([]);
});

test('tells of the first, and how many more there are', async () => {
  expect(await say(rule, 'SELECT 1;', `${a} ${b} DROP TABLE IF EXISTS c;`)).toEqual([
    '`2_next` is no one transaction, and this statement and 1 more of it cannot run again after a failure further down.',
  ]);
});
