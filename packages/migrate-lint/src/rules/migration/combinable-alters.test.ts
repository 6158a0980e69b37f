import { expect, jest, test } from '@jest/globals';
import { findingsOf } from '../../../test/lock-rule-testing.ts';
import { say } from '../../../test/migration-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './combinable-alters.ts';

jest.setTimeout(120_000);
const { applied } = await rewriteTesting();

const orders = `CREATE TABLE "orders" ("id" integer PRIMARY KEY, "total" integer, "paid" integer, "note" varchar(10));
CREATE TABLE "Event" ("id" integer PRIMARY KEY, "at" timestamptz);
`;
const total = 'ALTER TABLE "orders" ALTER COLUMN "total" SET NOT NULL;';
const paid = 'ALTER TABLE "orders" ALTER COLUMN "paid" SET NOT NULL;';

test.each([
  [
    'statements that take a moment',
    'ALTER TABLE "orders" ADD COLUMN "a" text;\nALTER TABLE "orders" ADD COLUMN "b" text;',
  ],
  ['one that takes a moment', `${total}\nALTER TABLE "orders" ALTER COLUMN "note" TYPE text;`],
  ['two tables', `${total}\nALTER TABLE "Event" ALTER COLUMN "at" SET NOT NULL;`],
  ['a write between', `${total}\nUPDATE "orders" SET "paid" = 0;\n${paid}`],
  ['a statement about the table between', `${total}\nCREATE INDEX ON "orders"("paid");\n${paid}`],
  [
    'NOT VALID and VALIDATE',
    'ALTER TABLE "orders" ADD CONSTRAINT "c" CHECK ("total" > 0) NOT VALID;\nALTER TABLE "orders" VALIDATE CONSTRAINT "c";',
  ],
  [
    'foreign keys',
    'ALTER TABLE "orders" ADD FOREIGN KEY ("total") REFERENCES "Event";\nALTER TABLE "orders" ADD FOREIGN KEY ("paid") REFERENCES "Event";',
  ],
  [
    'a new table',
    'CREATE TABLE "a" ("b" integer, "c" integer);\nALTER TABLE "a" ALTER COLUMN "b" SET NOT NULL;\nALTER TABLE "a" ALTER COLUMN "c" SET NOT NULL;',
  ],
  ['DO blocks', `DO $$ BEGIN ${total} END $$;\nDO $$ BEGIN ${paid} END $$;`],
])('is silent of %s', async (_, sql) => {
  expect(await say(rule, orders, sql)).toEqual([]);
});

test.each([
  `${total}\n${paid}`,
  `${total}\nALTER TABLE "Event" ADD COLUMN "note" text;\n${paid}`,
  `${total}\nALTER TABLE "orders" ADD CONSTRAINT "c" CHECK ("paid" > 0);`,
  'ALTER TABLE "orders" ALTER COLUMN "total" TYPE bigint;\nALTER TABLE "orders" ALTER COLUMN "paid" TYPE bigint;',
])('speaks of %s', async sql => {
  expect(await say(rule, orders, sql)).toEqual([
    'This ALTER TABLE goes through all rows of `orders` a second time, which one statement with the clauses of both would do once.',
  ]);
});

test('makes one of two', async () => {
  const { files, said } = await applied(
    rule,
    orders,
    `-- AlterTable\n${total}\n\n-- AlterTable\n${paid}\n\nSELECT 1;\n`,
  );
  expect(files).toEqual({
    '2_next':
      '-- AlterTable\nALTER TABLE "orders" ALTER COLUMN "total" SET NOT NULL,\n  ALTER COLUMN "paid" SET NOT NULL;\n\nSELECT 1;\n',
  });
  expect(said).toEqual([]);
});

test.each([
  ['comments', `ALTER TABLE "orders" -- why\nALTER COLUMN "total" SET NOT NULL;\n${paid}`],
  ['other words before the clauses', `ALTER TABLE IF EXISTS "orders" ALTER COLUMN "total" SET NOT NULL;\n${paid}`],
])('has no text for %s', async (_, sql) => {
  expect(await findingsOf(rule, orders, sql)).toMatchObject([{ level: 'low', fix: { edits: [] } }]);
});
