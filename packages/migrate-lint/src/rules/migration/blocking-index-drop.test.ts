import { expect, jest, test } from '@jest/globals';
import { findingsOf } from '../../../test/lock-rule-testing.ts';
import { say } from '../../../test/migration-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './blocking-index-drop.ts';

jest.setTimeout(120_000);
const { applied } = await rewriteTesting();

const orders = `CREATE TABLE "orders" ("id" integer PRIMARY KEY, "email" text NOT NULL, "code" text UNIQUE);
CREATE INDEX "orders_email_idx" ON "orders"("email");
CREATE INDEX "other" ON "orders"("code", "email");
`;
const drop = 'DROP INDEX "orders_email_idx";';

test.each([
  ['CONCURRENTLY', 'DROP INDEX CONCURRENTLY "orders_email_idx";'],
  ['an index of the same migration', 'CREATE INDEX "a" ON "orders"("email");\nDROP INDEX "a";'],
  ['a table of the same migration', 'CREATE TABLE "a" ("b" text);\nCREATE INDEX "c" ON "a"("b");\nDROP INDEX "c";'],
  ['an index that is not there', 'DROP INDEX IF EXISTS "nothing";'],
  ['a table that goes too', `${drop}\nDROP TABLE "orders";`],
  ['a table that is altered too', `${drop}\nALTER TABLE "orders" DROP COLUMN "email";`],
  ['a table that was altered before', `ALTER TABLE "orders" ADD COLUMN "a" text;\n${drop}`],
  ['a timeout', `SET lock_timeout = '5s';\n${drop}`],
  ['a DO block', `DO $$ BEGIN IF true THEN ${drop} END IF; END $$;`],
])('is silent of %s', async (_, sql) => {
  expect(await say(rule, orders, sql)).toEqual([]);
});

test.each([drop, 'DROP INDEX IF EXISTS "public"."orders_email_idx";', `SET lock_timeout = 0;\n${drop}`])(
  'speaks of %s',
  async sql => {
    expect(await findingsOf(rule, orders, sql)).toMatchObject([
      {
        level: 'low',
        message:
          'Dropping the index `orders_email_idx` takes an ACCESS EXCLUSIVE lock on `orders`, for which it waits until every running query on the table has ended, while all reads and writes that come later wait behind it.',
      },
    ]);
  },
);

test('the fix drops it CONCURRENTLY in a migration of its own', async () => {
  const { files, migrations, said } = await applied(rule, orders, `-- DropIndex\n${drop}\n\nSELECT 1;\n`);
  expect(files['2_next']?.trim()).toBe('SELECT 1;');
  expect(migrations[0]).toContain('\nDROP INDEX CONCURRENTLY "orders_email_idx";\n');
  expect(said).toEqual([]);
});

test('has no text where CONCURRENTLY takes one name only, or none', async () => {
  const none = { fix: { sql: null } };
  expect(await findingsOf(rule, orders, 'DROP INDEX "orders_email_idx", "other";')).toMatchObject([none, none]);
  expect(await findingsOf(rule, orders, 'DROP INDEX "orders_email_idx" CASCADE;')).toMatchObject([none]);
  const anew = `${drop}\nCREATE INDEX "orders_email_idx" ON "orders"(lower("email"));`;
  expect(await findingsOf(rule, orders, anew)).toMatchObject([none]);
  const gone = { '3_gone': 'ALTER TABLE "orders" DROP COLUMN "email";' };
  expect(await findingsOf(rule, orders, drop, gone)).toMatchObject([none]);
  const events = 'CREATE TABLE "events" ("id" integer) PARTITION BY RANGE ("id");\nCREATE INDEX "i" ON "events"("id");';
  expect(await findingsOf(rule, events, 'DROP INDEX "i";')).toMatchObject([none]);
});
