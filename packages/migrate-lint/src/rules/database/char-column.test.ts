import { expect, jest, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './char-column.ts';

jest.setTimeout(120_000);
const database = await databaseTesting(rule);

const table = (columns: string): string => `CREATE TABLE "products" ("id" bigint PRIMARY KEY, ${columns});`;

test.each([
  ['varchar and text', '"label" varchar(20), "body" text'],
  ['one character', '"flag" char(1), "letter" char'],
  ['codes of one length', '"country" char(2), "currency_code" char(3), "sha256" char(64), "iban" char(22)'],
  ['ids', '"external_id" char(26)'],
  ['foreign keys', '"label" char(20) UNIQUE, "other" char(20) REFERENCES "products"("label")'],
  ['a length that a CHECK holds', '"label" char(4) CHECK (length("label") = 4)'],
])('is silent on %s', async (_, columns) => {
  expect(await database.flagged(table(columns))).toEqual([]);
});

test('leaves columns of models to the schema', async () => {
  const schema = 'model products {\n  id    BigInt  @id\n  label String? @db.Char(20)\n}\n';
  expect(await database.flagged(table('"label" char(20)'), { schema })).toEqual([]);
});

test('tells what pads, and makes it varchar', async () => {
  const sql = table(`"label" char(20) NOT NULL DEFAULT 'none'`);
  expect(await database.say(sql)).toEqual([
    'products.label: `products.label` is `char(20)`, so shorter values are filled up with blanks that come back with them.',
  ]);
  expect(await database.prove(sql)).toEqual([
    'ALTER TABLE "products" ALTER COLUMN "label" TYPE character varying(20);',
  ]);
});
