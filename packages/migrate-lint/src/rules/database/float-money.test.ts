import { expect, jest, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './float-money.ts';

jest.setTimeout(120_000);
const database = await databaseTesting(rule);

const table = (columns: string, name = 'payouts'): string =>
  `CREATE TABLE "${name}" ("id" bigint PRIMARY KEY, ${columns});`;

test.each([
  ['numeric', '"amount" numeric(19,4), "price" numeric'],
  ['minor units', '"amount_cents" bigint, "price" integer'],
  ['scores and ratios', '"price_score" real, "cost_factor" real, "fee_percent" double precision'],
  ['averages', '"avg_price" double precision, "median_fee" real'],
  ['rates that are none of a currency', '"tax_rate" real, "error_rate" double precision'],
  ['coordinates', '"latitude" double precision, "distance" real'],
  ['an amount with its unit', '"amount" real, "unit" text'],
  ['other quantities', '"energy_amount" real, "token_balance" double precision'],
])('is silent on %s', async (_, columns) => {
  expect(await database.flagged(table(columns))).toEqual([]);
});

test.each([
  ['"amount" double precision', 'numeric(19,4)'],
  ['"total_price" real', 'numeric(19,4)'],
  ['"exchange_rate" double precision', 'numeric(30,10)'],
  ['"cost_per_token" double precision', 'numeric(30,10)'],
  ['"hourly_rate" real', 'numeric(19,4)'],
  ['"prices" double precision[]', 'numeric(19,4)[]'],
])('tells %s', async (columns, type) => {
  const [fix] = await database.prove(table(columns));
  expect(fix).toContain(`TYPE ${type};`);
});

test('says what is lost, and how many it looked at', async () => {
  expect(await database.say(table('"amount" double precision, "fee" numeric'))).toEqual([
    'payouts.amount: `payouts.amount` keeps money as `double precision`, which holds most decimal fractions only nearly, so sums and comparisons come out wrong.',
  ]);
});

test('leaves columns of models to the schema', async () => {
  const schema = 'model payouts {\n  id     BigInt @id\n  amount Float\n}\n';
  expect(await database.flagged(table('"amount" double precision NOT NULL'), { schema })).toEqual([]);
  const more = table('"amount" double precision NOT NULL, "fee" real');
  expect(await database.flagged(more, { schema })).toEqual(['payouts.fee']);
});
