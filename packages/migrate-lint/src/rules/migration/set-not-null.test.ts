import { expect, jest, test } from '@jest/globals';
import { findingsOf } from '../../../test/lock-rule-testing.ts';
import { say } from '../../../test/migration-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './set-not-null.ts';

jest.setTimeout(120_000);
const { applied } = await rewriteTesting();

const orders = 'CREATE TABLE "orders" ("id" integer PRIMARY KEY, "email" text, "code" text NOT NULL);\n';
const check = 'ALTER TABLE "orders" ADD CONSTRAINT "c" CHECK ("email" IS NOT NULL) NOT VALID;\n';
const require = 'ALTER TABLE "orders" ALTER COLUMN "email" SET NOT NULL;';

test.each([
  ['a column that is required', orders, 'ALTER TABLE "orders" ALTER COLUMN "code" SET NOT NULL;'],
  ['a key', orders, 'ALTER TABLE "orders" ALTER COLUMN "id" SET NOT NULL;'],
  ['a validated check', `${orders}${check}ALTER TABLE "orders" VALIDATE CONSTRAINT "c";`, require],
  [
    'a check that is validated in the file',
    `${orders}${check}`,
    `ALTER TABLE "orders" VALIDATE CONSTRAINT "c";\n${require}`,
  ],
  ['a new table', 'SELECT 1;', `${orders}${require}`],
  ['a temporary table', 'SELECT 1;', orders.replace('TABLE', 'TEMP TABLE') + require],
  ['a table that has to be empty', orders, `ALTER TABLE "orders" ADD COLUMN "x" text NOT NULL;\n${require}`],
  ['DROP NOT NULL', orders, 'ALTER TABLE "orders" ALTER COLUMN "code" DROP NOT NULL;'],
  [
    'a statement that writes the table',
    orders,
    'ALTER TABLE "orders" ALTER COLUMN "email" TYPE uuid USING "email"::uuid, ALTER COLUMN "email" SET NOT NULL;',
  ],
])('is silent of %s', async (_, before, sql) => {
  expect(await say(rule, before, sql)).toEqual([]);
});

test.each([
  ['a column', orders, require],
  ['a check that is not validated', `${orders}${check}`, require],
  ['a check of something else', `${orders}ALTER TABLE "orders" ADD CHECK ("email" <> '');`, require],
  ['a column that is filled first', orders, `UPDATE "orders" SET "email" = '' WHERE "email" IS NULL;\n${require}`],
  [
    'a wider type',
    orders,
    'ALTER TABLE "orders" ALTER COLUMN "email" SET DATA TYPE varchar, ALTER COLUMN "email" SET NOT NULL;',
  ],
])('speaks of %s', async (_, before, sql) => {
  expect(await say(rule, before, sql)).toEqual([
    'Making `orders.email` required reads all of `orders` for a NULL under an ACCESS EXCLUSIVE lock, which blocks reads and writes until it is done.',
  ]);
});

test('the fix validates a check first', async () => {
  const sql = 'ALTER TABLE "orders" ADD COLUMN "note" text,\n  ALTER COLUMN "email" SET NOT NULL;';
  const { files, migrations, said } = await applied(rule, orders, sql);
  expect(files['2_next']).toBe(
    'ALTER TABLE "orders" ADD COLUMN "note" text,\n  ADD CONSTRAINT "orders_email_not_null_check" CHECK ("email" IS NOT NULL) NOT VALID;',
  );
  expect(migrations).toHaveLength(1);
  expect(migrations[0]).toContain(`ALTER TABLE "orders" VALIDATE CONSTRAINT "orders_email_not_null_check";
ALTER TABLE "orders" ALTER COLUMN "email" SET NOT NULL;
ALTER TABLE "orders" DROP CONSTRAINT "orders_email_not_null_check";`);
  expect(said).toEqual([]);
});

test('a statement reads a table once', async () => {
  const before = `${orders}ALTER TABLE "orders" ADD COLUMN "note" text;`;
  const sql = `${require.slice(0, -1)}, ALTER COLUMN "code" SET NOT NULL, ALTER COLUMN "note" SET NOT NULL;`;
  expect(await say(rule, before, sql)).toEqual([
    'Making `orders.email` and `orders.note` required reads all of `orders` for a NULL under an ACCESS EXCLUSIVE lock, which blocks reads and writes until it is done.',
  ]);
  const { files, migrations, said } = await applied(rule, before, sql);
  expect(files['2_next']?.match(/NOT VALID/g)).toHaveLength(2);
  expect(migrations[0]?.match(/VALIDATE CONSTRAINT/g)).toHaveLength(2);
  expect(said).toEqual([]);
});

test('the fix finds a free name, and a short one', async () => {
  const [table, column] = ['é'.repeat(30), 'o'.repeat(60)];
  const before = `CREATE TABLE "${table}" ("${column}" text);`;
  const sql = `ALTER TABLE "${table}" ALTER COLUMN "${column}" SET NOT NULL;`;
  const { files, said } = await applied(rule, before, sql);
  const [, name = ''] = /CONSTRAINT "([^"]+)"/.exec(files['2_next'] ?? '') ?? [];
  expect(Buffer.byteLength(name)).toBeLessThan(64);
  expect(said).toEqual([]);
});

test('has no text for a column that has another name at the end', async () => {
  const sql = `${require}\nALTER TABLE "orders" RENAME COLUMN "email" TO "mail";`;
  expect(await findingsOf(rule, orders, sql)).toMatchObject([{ fix: { sql: null, edits: [] } }]);
});

test('has no text for a DO block', async () => {
  expect(await findingsOf(rule, orders, `DO $$ BEGIN ${require} END $$;`)).toMatchObject([
    { level: 'medium', fix: { sql: null, edits: [] } },
  ]);
});
