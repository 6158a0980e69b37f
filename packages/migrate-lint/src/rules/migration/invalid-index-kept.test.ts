import { expect, jest, test } from '@jest/globals';
import { say } from '../../../test/migration-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './invalid-index-kept.ts';

jest.setTimeout(120_000);
const { applied } = await rewriteTesting();

const orders = 'CREATE TABLE "orders" ("id" integer PRIMARY KEY, "email" text NOT NULL);\n';
const index = 'CREATE INDEX CONCURRENTLY IF NOT EXISTS "orders_email_idx" ON "orders"("email");';

test.each([
  ['one without IF NOT EXISTS', orders, 'CREATE INDEX CONCURRENTLY "orders_email_idx" ON "orders"("email");'],
  ['one that blocks', orders, 'CREATE INDEX IF NOT EXISTS "orders_email_idx" ON "orders"("email");'],
  ['a new table', orders, 'CREATE TABLE "a" ("b" text);\nCREATE INDEX CONCURRENTLY IF NOT EXISTS "c" ON "a"("b");'],
  ['a drop in the same file', orders, `DROP INDEX CONCURRENTLY IF EXISTS "orders_email_idx";\n${index}`],
  ['a drop in the file before', `${orders}DROP INDEX IF EXISTS "orders_email_idx";`, index],
  ['an index that a migration made', `${orders}${index.replace(' CONCURRENTLY IF NOT EXISTS', '')}`, index],
  ['one that fails', orders, `BEGIN;\n${index}\nCOMMIT;`],
])('is silent of %s', async (_, before, sql) => {
  expect(await say(rule, before, sql)).toEqual([]);
});

test('speaks of one that nothing drops, and leaves out IF NOT EXISTS', async () => {
  const message =
    'When building `orders_email_idx` fails it leaves an invalid index, which IF NOT EXISTS takes for the real one at the next try, so the migration succeeds without the index.';
  expect(await say(rule, orders, index)).toEqual([message]);
  const { files, migrations, said } = await applied(rule, orders, index);
  expect(files['2_next']).toBe('CREATE INDEX CONCURRENTLY "orders_email_idx" ON "orders"("email");');
  expect([migrations, said]).toEqual([[], []]);
});
