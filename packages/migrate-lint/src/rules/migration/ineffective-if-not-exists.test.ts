import { expect, test } from '@jest/globals';
import { findingsOf } from '../../../test/lock-rule-testing.ts';
import { say } from '../../../test/migration-testing.ts';
import rule from './ineffective-if-not-exists.ts';

const before = `CREATE TABLE orders (id integer PRIMARY KEY, email text, "at" timestamptz NOT NULL);
  CREATE INDEX orders_email_idx ON orders (email);
  CREATE VIEW report AS SELECT id FROM orders;`;

test.each([
  [
    'the same table',
    'CREATE TABLE IF NOT EXISTS orders (id integer PRIMARY KEY, email text, "at" timestamptz NOT NULL);',
  ],
  [
    'fewer columns',
    'CREATE TABLE IF NOT EXISTS orders (id serial4, email text);'.replace('serial4', 'integer NOT NULL'),
  ],
  [
    'another spelling of a type',
    'CREATE TABLE IF NOT EXISTS orders (id int4 PRIMARY KEY, "at" timestamp with time zone NOT NULL);',
  ],
  ['a new table', 'CREATE TABLE IF NOT EXISTS invoices (id integer);'],
  ['the same column', 'ALTER TABLE orders ADD COLUMN IF NOT EXISTS email text;'],
  ['a new column', 'ALTER TABLE orders ADD COLUMN IF NOT EXISTS note text;'],
  ['the same index', 'CREATE INDEX IF NOT EXISTS orders_email_idx ON orders (email);'],
  [
    'a column for databases that have an older form of a table',
    'CREATE TABLE IF NOT EXISTS bills (id integer, total integer NOT NULL); ALTER TABLE bills ADD COLUMN IF NOT EXISTS total integer;',
  ],
  ['no IF NOT EXISTS, which fails', 'CREATE TABLE orders (number text);'],
])('is silent of %s', async (_name, sql) => {
  expect(await say(rule, before, sql)).toEqual([]);
});

test.each([
  [
    'CREATE TABLE IF NOT EXISTS orders (id integer PRIMARY KEY, number text);',
    '`orders` is there already and has no column `number`',
  ],
  [
    'CREATE TABLE IF NOT EXISTS orders (email varchar(10));',
    '`orders` is there already and its column `email` has the type `text` and not `character varying(10)`',
  ],
  ['CREATE TABLE IF NOT EXISTS report (id integer);', '`report` is there already and is a view'],
  [
    'ALTER TABLE orders ADD COLUMN IF NOT EXISTS email text NOT NULL;',
    '`orders.email` is there already and may be NULL',
  ],
  [
    'CREATE UNIQUE INDEX IF NOT EXISTS orders_email_idx ON orders (email);',
    '`orders_email_idx` is there already and is not unique',
  ],
  [
    'CREATE INDEX IF NOT EXISTS orders_email_idx ON orders ("at");',
    '`orders_email_idx` is there already and is on `email`',
  ],
  [
    'CREATE INDEX IF NOT EXISTS orders_email_idx ON orders (email) WHERE email IS NOT NULL;',
    '`orders_email_idx` is there already and has no condition',
  ],
])('tells of %s', async (sql, found) => {
  expect(await say(rule, before, sql)).toEqual([`${found}, so this statement does nothing.`]);
});

test.each([
  ['medium', 'timestamptz(3)'],
  ['high', 'timestamp'],
])('is %s for %s in the place of timestamptz', async (level, type) => {
  const sql = `ALTER TABLE orders ADD COLUMN IF NOT EXISTS "at" ${type} NOT NULL;`;
  expect(await findingsOf(rule, before, sql)).toMatchObject([{ level }]);
});

test('speaks of a column that the migration itself has made in another shape', async () => {
  const sql = 'CREATE TABLE bills (total integer); ALTER TABLE bills ADD COLUMN IF NOT EXISTS total text;';
  expect(await say(rule, before, sql)).toHaveLength(1);
});
