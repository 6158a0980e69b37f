import { expect, jest, test } from '@jest/globals';
import { findingsOf } from '../../../test/lock-rule-testing.ts';
import { say } from '../../../test/migration-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './check-scan.ts';

jest.setTimeout(120_000);
const { applied } = await rewriteTesting();

const orders = 'CREATE TABLE "orders" ("id" integer PRIMARY KEY, "total" integer);\n';
const add = 'ALTER TABLE "orders" ADD CONSTRAINT "orders_total_check" CHECK ("total" >= 0)';

test.each([
  ['NOT VALID', `${add} NOT VALID;`],
  ['a table that the migration makes', 'CREATE TABLE "a" ("b" integer); ALTER TABLE "a" ADD CHECK ("b" > 0);'],
  ['a CHECK in CREATE TABLE', 'CREATE TABLE "a" ("b" integer CHECK ("b" > 0));'],
  [
    'a statement that writes the table anew',
    'ALTER TABLE "orders" ALTER COLUMN "total" TYPE bigint, ADD CHECK ("total" > 0);',
  ],
  ['UNIQUE', 'ALTER TABLE "orders" ADD UNIQUE ("total");'],
])('is silent of %s', async (_, sql) => {
  expect(await say(rule, orders, sql)).toEqual([]);
});

test.each([
  `${add};`,
  'ALTER TABLE "orders" ADD COLUMN "note" text, ADD CONSTRAINT "orders_total_check" CHECK ("total" >= 0);',
  'ALTER TABLE "orders" ADD COLUMN "n" integer CONSTRAINT "orders_total_check" CHECK ("n" >= 0);',
])('speaks of %s', async sql => {
  expect(await say(rule, orders, sql)).toEqual([
    'Adding the CHECK `orders_total_check` takes an ACCESS EXCLUSIVE lock on `orders`, which blocks reads and writes until all its rows are checked.',
  ]);
});

test('is not sure of what stands in a DO block', async () => {
  expect(await findingsOf(rule, orders, `DO $$ BEGIN ${add}; END $$;`)).toMatchObject([
    { level: 'medium', fix: { sql: null, edits: [] } },
  ]);
});

test.each([
  add,
  'ALTER TABLE "orders" ADD COLUMN "note" text, ADD CHECK ("total" >= 0), ADD COLUMN "more" text',
  'ALTER TABLE "orders" ADD CHECK ("total" >= 0) NO INHERIT',
])('%s is validated in a migration of its own', async sql => {
  const { migrations, said, locks } = await applied(rule, orders, `${sql};\n`);
  expect(migrations).toHaveLength(1);
  expect(migrations[0]).toContain('\nALTER TABLE "orders" VALIDATE CONSTRAINT "orders_total_check";\n');
  expect(said).toEqual([]);
  expect(locks.at(-1)?.locks.map(({ mode }) => mode)).toEqual(['SHARE UPDATE EXCLUSIVE']);
});
