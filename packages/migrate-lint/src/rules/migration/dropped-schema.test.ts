import { expect, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import rule from './dropped-schema.ts';

const { say, finding, codeOf } = failTesting(rule);
const billing = 'CREATE SCHEMA "billing"; CREATE TABLE "billing"."Invoice" ("id" INTEGER);';

test.each([
  ['without CASCADE', 'DROP SCHEMA "billing";'],
  ['of the same migration', 'CREATE SCHEMA "scratch"; DROP SCHEMA "scratch" CASCADE;'],
  ['that no migration knows', 'DROP SCHEMA IF EXISTS "elsewhere" CASCADE;'],
])('is silent of a schema %s', async (_case, sql) => {
  expect(await say(billing, sql)).toEqual([]);
});

test('without CASCADE Postgres refuses', async () => {
  expect(await codeOf(billing, 'DROP SCHEMA "billing";')).toBe('2BP01');
});

test('names the tables', async () => {
  const { message, level } = await finding(billing, 'DROP SCHEMA "billing" CASCADE;');
  expect(message).toBe(
    'Dropping the schema `billing` with CASCADE takes `billing.Invoice` with all rows, without naming it.',
  );
  expect(level).toBe('high');
});

test.each(['DROP SCHEMA public CASCADE;\nCREATE SCHEMA public;', 'DROP DATABASE shop;', 'DROP OWNED BY app;'])(
  'is critical: %s',
  async sql => {
    expect((await finding(billing, sql)).level).toBe('critical');
  },
);

test('counts the tables behind the third', async () => {
  const tables = ['a', 'b', 'c', 'd', 'e'].map(name => `CREATE TABLE "billing"."${name}" ("id" INTEGER);`).join('\n');
  const [message] = await say(`${billing}\n${tables}`, 'DROP SCHEMA "billing" CASCADE;');
  expect(message).toContain('and 3 more tables with all rows');
});
