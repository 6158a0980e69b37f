import { expect, jest, test } from '@jest/globals';
import { findingsOf } from '../../../test/lock-rule-testing.ts';
import { say } from '../../../test/migration-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './serial-column.ts';

jest.setTimeout(120_000);
const { applied } = await rewriteTesting();

const orders = 'CREATE TABLE "orders" ("id" uuid PRIMARY KEY, "number" integer);';

test.each([
  ['a plain number', 'ALTER TABLE "orders" ADD COLUMN "a" integer;'],
  ['a new table', 'CREATE TABLE "b" ("id" uuid);\nALTER TABLE "b" ADD COLUMN "a" serial;'],
  ['a temporary table', 'CREATE TEMP TABLE "b" ("id" uuid);\nALTER TABLE "b" ADD COLUMN "a" serial;'],
  ['a column that is there', 'ALTER TABLE "orders" ADD COLUMN IF NOT EXISTS "number" serial;'],
  ['identity', 'ALTER TABLE "orders" ADD COLUMN "a" integer GENERATED ALWAYS AS IDENTITY;'],
  [
    'a default of a sequence',
    `CREATE SEQUENCE "s";\nALTER TABLE "orders" ALTER COLUMN "number" SET DEFAULT nextval('s');`,
  ],
])('is silent of %s', async (_, sql) => {
  expect(await say(rule, orders, sql)).toEqual([]);
});

test.each(['SERIAL NOT NULL', 'bigserial', 'smallserial UNIQUE'])('speaks of %s', async definition => {
  const sql = `ALTER TABLE "orders" DROP COLUMN "number", ADD COLUMN "a" ${definition};`;
  expect(await findingsOf(rule, orders, sql)).toMatchObject([
    {
      level: 'high',
      message:
        'Adding the serial column `orders.a` writes all of `orders` anew to number its rows, under an ACCESS EXCLUSIVE lock, which blocks reads and writes until it is done.',
    },
  ]);
});

test('the fix makes the sequence, and numbers the old rows in the migration behind', async () => {
  const before = `${orders}\nINSERT INTO "orders" VALUES (gen_random_uuid()), (gen_random_uuid());`;
  const sql = 'ALTER TABLE "orders" ADD COLUMN "a" SERIAL NOT NULL;\n';
  const { files, migrations, said, locks } = await applied(rule, before, sql);
  expect(files['2_next']).toBe(`CREATE SEQUENCE "orders_a_seq" AS integer;
ALTER TABLE "orders" ADD COLUMN "a" integer, ALTER COLUMN "a" SET DEFAULT nextval('"orders_a_seq"');
ALTER SEQUENCE "orders_a_seq" OWNED BY "orders"."a";
`);
  expect(migrations).toHaveLength(2);
  expect(migrations[0]).toContain('UPDATE "orders" SET "a" = DEFAULT WHERE "a" IS NULL;');
  expect(migrations[1]).toContain('ALTER COLUMN "a" SET NOT NULL;');
  expect(said).toEqual([]);
  expect(locks.flatMap(each => each.locks).filter(({ rewrite }) => rewrite)).toEqual([]);
});

test.each([
  'ALTER TABLE "orders" ADD COLUMN "a" SERIAL UNIQUE;',
  'ALTER TABLE "orders" DROP CONSTRAINT "orders_pkey", ADD COLUMN "a" SERIAL, ADD CONSTRAINT "orders_pkey" PRIMARY KEY ("a");',
])('has no text where more hangs on the column: %s', async sql => {
  expect(await findingsOf(rule, orders, sql)).toMatchObject([{ fix: { sql: null, edits: [] } }]);
});
