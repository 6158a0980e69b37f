import { expect, jest, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './broken-view.ts';

jest.setTimeout(120_000);
const database = await databaseTesting(rule);

const view = (fields: string, map = '') => `generator client {
  provider        = "prisma-client-js"
  previewFeatures = ["views"]
}
view Totals {
  id Int @unique
  ${fields}
  ${map}
}`;
const orders = 'CREATE TABLE "orders" ("id" int PRIMARY KEY, "amount" int NOT NULL);\n';

test.each([
  [
    'a view with more columns',
    `${orders}CREATE VIEW "Totals" AS SELECT "id", "amount", 1 AS one FROM "orders";`,
    view('amount Int'),
  ],
  [
    'mapped names',
    `${orders}CREATE VIEW totals AS SELECT "id", "amount" FROM "orders";`,
    view('cents Int @map("amount")', '@@map("totals")'),
  ],
  [
    'a materialized view',
    `${orders}CREATE MATERIALIZED VIEW "Totals" AS SELECT "id", "amount" FROM "orders";`,
    view('amount Int'),
  ],
  ['a table', 'CREATE TABLE "Totals" ("id" int, "amount" int);', view('amount Int')],
  ['an ignored field', `${orders}CREATE VIEW "Totals" AS SELECT "id" FROM "orders";`, view('amount Int @ignore')],
  ['an ignored view', orders, view('amount Int', '@@ignore')],
])('is silent on %s', async (_, sql, schema) => {
  expect(await database.say(sql, { schema })).toEqual([]);
});

test('names the field and the view', async () => {
  const sql = `${orders}CREATE VIEW "Totals" AS SELECT "id", "amount" FROM "orders";`;
  expect(await database.findings(sql, { schema: view('cents Int\n  Amount Int') })).toMatchObject([
    {
      message: 'The view `Totals` has no columns `cents, Amount`, so every query of `Totals` fails.',
      location: { file: 'prisma/schema.prisma', line: 7 },
      related: [{ message: 'the view as it is' }],
      fix: { title: 'Give the view `cents, Amount`, or take it out of the schema' },
    },
  ]);
  expect(await database.findings(sql, { schema: view('Amount Int') })).toMatchObject([
    { fix: { title: 'Map `Amount` to `amount`' } },
  ]);
});

test('says what else is there', async () => {
  const sql = `${orders}CREATE VIEW totals AS SELECT "id" FROM "orders";`;
  expect(await database.say(sql, { schema: view('') })).toEqual([
    'Totals: The database has no view `Totals`: `totals` is another name, so every query of `Totals` fails.',
  ]);
  expect(await database.say(orders, { schema: view('') })).toEqual([
    'Totals: The database has no view `Totals`, so every query of `Totals` fails.',
  ]);
});
