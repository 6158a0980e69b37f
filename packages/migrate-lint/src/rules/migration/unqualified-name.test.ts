import { expect, test } from '@jest/globals';
import { say } from '../../../test/migration-testing.ts';
import rule from './unqualified-name.ts';

test.each([
  'CREATE TABLE public.orders (id integer);',
  'CREATE TABLE "app"."Orders" ("id" integer);',
  'CREATE TEMP TABLE orders (id integer);',
  'SELECT 1;',
])('is silent of %s', async sql => {
  expect(await say(rule, '', sql)).toEqual([]);
});

test.each([
  'CREATE TABLE orders (id integer);',
  'ALTER TABLE orders ADD COLUMN a text, ADD COLUMN b text;',
  'DROP TABLE orders;',
  'CREATE INDEX "public.orders" ON orders (id);',
])('tells of %s, once', async sql => {
  expect(await say(rule, '', sql)).toEqual([
    '`orders` is named without its schema, so the search path of the session decides which table it is.',
  ]);
});
