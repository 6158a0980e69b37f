import { expect, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import rule from './check-on-existing.ts';

const { say, finding, rowsFound, codeOf } = failTesting(rule);
const before = `CREATE TABLE "Order" ("id" SERIAL PRIMARY KEY, "quantity" INTEGER, "status" TEXT NOT NULL, CONSTRAINT "status_check" CHECK ("status" IN ('open', 'paid')));`;
const positive = 'ALTER TABLE "Order" ADD CONSTRAINT "positive" CHECK ("quantity" > 0);';
const status = (list: string): string =>
  `ALTER TABLE "Order" DROP CONSTRAINT "status_check"; ALTER TABLE "Order" ADD CONSTRAINT "status_check" CHECK ("status" IN (${list}));`;

test.each([
  ['a new table', 'CREATE TABLE "A" ("b" INTEGER); ALTER TABLE "A" ADD CONSTRAINT "c" CHECK ("b" > 0);'],
  ['a CHECK of a new table', 'CREATE TABLE "A" ("b" INTEGER CHECK ("b" > 0));'],
  [
    'a new column that stays NULL',
    'ALTER TABLE "Order" ADD COLUMN "n" INTEGER; ALTER TABLE "Order" ADD CONSTRAINT "c" CHECK ("n" > 0);',
  ],
  ['a new column with its CHECK', 'ALTER TABLE "Order" ADD COLUMN "n" INTEGER NOT NULL DEFAULT 1 CHECK ("n" > 0);'],
  ['a list that gets longer', status(`'open', 'paid', 'closed'`)],
  [
    'the same condition under another name',
    `ALTER TABLE "Order" ADD CONSTRAINT "other" CHECK (("status"  in ('open','paid')));`,
  ],
  ['NOT VALID', positive.replace(';', ' NOT VALID;')],
  ['what NOT NULL says already', 'ALTER TABLE "Order" ADD CONSTRAINT "c" CHECK ("status" IS NOT NULL);'],
  ['rows that are mended', `UPDATE "Order" SET "quantity" = 1 WHERE "quantity" < 1; ${positive}`],
  ['rows that go', `DELETE FROM "Order" WHERE "quantity" < 1; ${positive}`],
  ['an emptied table', `DELETE FROM "Order"; ${positive}`],
  ['a condition', `DO $$ BEGIN IF true THEN ${positive} END IF; END $$;`],
])('is silent for %s', async (_case, sql) => {
  expect(await say(before, sql)).toEqual([]);
});

test.each([
  ['a condition', positive, 'The CHECK `positive` fails when a row of `Order` does not meet it.', 'medium'],
  [
    'a list that gets shorter',
    status(`'open'`),
    'The CHECK `status_check` fails when a row of `Order` does not meet it.',
    'medium',
  ],
  [
    'a new column beside an old one',
    'ALTER TABLE "Order" ADD COLUMN "n" INTEGER; ALTER TABLE "Order" ADD CONSTRAINT "c" CHECK ("n" IS NOT NULL OR "quantity" > 0);',
    'The CHECK `c` fails when a row of `Order` does not meet it.',
    'medium',
  ],
  [
    'a new column that has to have a value',
    'ALTER TABLE "Order" ADD COLUMN "n" INTEGER; ALTER TABLE "Order" ADD CONSTRAINT "c" CHECK ("n" IS NOT NULL);',
    'The CHECK `c` fails as soon as `Order` has a row, for every row holds NULL in `n`.',
    'high',
  ],
  [
    'VALIDATE',
    `${positive.replace(';', ' NOT VALID;')} ALTER TABLE "Order" VALIDATE CONSTRAINT "positive";`,
    'Validating the CHECK `positive` fails when a row of `Order` does not meet it.',
    'low',
  ],
])('speaks of %s', async (_case, sql, message, level) => {
  expect(await finding(before, sql)).toMatchObject({ message, level });
});

test.each([
  positive,
  'ALTER TABLE "Order" ADD CHECK ("quantity" > 0 -- not less\n);',
  'ALTER TABLE "Order" RENAME TO "Purchase"; ALTER TABLE "Purchase" ADD CHECK ("quantity" > 0);',
])('finds the rows of %s', async sql => {
  const rows = (values: string): string => `INSERT INTO "Order" ("quantity", "status") VALUES ${values}`;
  expect(await rowsFound(before, sql, rows(`(1, 'open'), (NULL, 'paid')`))).toEqual({ found: [], runs: true });
  expect(await rowsFound(before, sql, rows(`(0, 'open'), (2, 'paid'), (-1, 'paid')`))).toEqual({
    found: [{ rows: 2 }],
    runs: false,
  });
});

test('asks nothing that needs the migration first', async () => {
  const added =
    'ALTER TABLE "Order" ADD COLUMN "n" INTEGER DEFAULT 1; ALTER TABLE "Order" ADD CONSTRAINT "c" CHECK ("n" > "quantity");';
  const renamed =
    'ALTER TABLE "Order" RENAME COLUMN "quantity" TO "n"; ALTER TABLE "Order" ADD CONSTRAINT "c" CHECK ("n" > 0);';
  for (const sql of [added, renamed]) expect((await finding(before, sql)).precheck).toBeNull();
});

test('is sure of rows that it inserts without the value that they need', async () => {
  const rows = 'CREATE TABLE "A" ("id" INTEGER, "b" TEXT); INSERT INTO "A" ("id") VALUES (1);';
  const add = 'ALTER TABLE "A" ADD CONSTRAINT "c" CHECK ("b" IS NOT NULL)';
  for (const [sql, what] of [
    [`${add};`, 'The CHECK `c` fails'],
    [`${add} NOT VALID; ALTER TABLE "A" VALIDATE CONSTRAINT "c";`, 'Validating the CHECK `c` fails'],
  ] as const) {
    const { level, message } = await finding('SELECT 1;', `${rows} ${sql}`);
    expect(level).toBe('critical');
    expect(message).toBe(`${what} on the rows that the migration inserts, for they hold NULL in \`b\`.`);
    expect(await codeOf(rows, sql)).toBe('23514');
  }
  const filled = rows.replace('("id") VALUES (1)', "VALUES (1, 'x')");
  expect(await say('SELECT 1;', `${filled} ${add};`)).toEqual([]);
  expect(await say('SELECT 1;', `${rows} ${add} NOT VALID;`)).toEqual([]);
  expect(await say('SELECT 1;', `${rows} ALTER TABLE "A" ADD CONSTRAINT "c" CHECK ("id" > 0);`)).toEqual([]);
});
