import { expect, jest, test } from '@jest/globals';
import { say } from '../../../test/migration-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './blocking-reindex.ts';

jest.setTimeout(120_000);
const { applied } = await rewriteTesting();

const orders = `CREATE TABLE "orders" ("id" integer PRIMARY KEY, "email" text NOT NULL);
CREATE INDEX "orders_email_idx" ON "orders"("email");
`;

test.each([
  ['CONCURRENTLY', 'REINDEX INDEX CONCURRENTLY "orders_email_idx";'],
  ['CONCURRENTLY as an option', 'REINDEX (CONCURRENTLY) TABLE "orders";'],
  ['a new table', 'CREATE TABLE "a" ("b" text PRIMARY KEY);\nREINDEX TABLE "a";'],
  ['one that fails', 'BEGIN;\nREINDEX SCHEMA "public";\nCOMMIT;'],
])('is silent of %s', async (_, sql) => {
  expect(await say(rule, orders, sql)).toEqual([]);
});

const end =
  'with a SHARE lock, and every read that could use the index with an ACCESS EXCLUSIVE lock, until it is done.';

test.each([
  ['REINDEX INDEX "orders_email_idx";', 'the index `orders_email_idx` anew blocks every write to `orders`'],
  ['REINDEX TABLE "orders";', 'the indexes of `orders` anew blocks every write to `orders`'],
  ['REINDEX SCHEMA "public";', 'every index of the schema `public` anew blocks every write to the table at hand'],
])('speaks of %s', async (sql, what) => {
  expect(await say(rule, orders, sql)).toEqual([`Building ${what} ${end}`]);
});

test('the fix builds it CONCURRENTLY in a migration of its own', async () => {
  const { files, migrations, said } = await applied(rule, orders, 'REINDEX TABLE "orders";\nSELECT 1;\n');
  expect(files['2_next']?.trim()).toBe('SELECT 1;');
  expect(migrations[0]).toContain('\nREINDEX TABLE CONCURRENTLY "orders";\n');
  expect(said).toEqual([]);
});
