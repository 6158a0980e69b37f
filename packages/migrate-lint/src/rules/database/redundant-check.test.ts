import { expect, jest, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './redundant-check.ts';

jest.setTimeout(120_000);
const database = await databaseTesting(rule);

const table = (check: string) => `CREATE TYPE "Status" AS ENUM ('OPEN', 'PAID', 'it''s');
CREATE TABLE "orders" ("id" int PRIMARY KEY, "status" "Status" NOT NULL, "note" text, "Cents" int NOT NULL, "active" boolean NOT NULL);
ALTER TABLE "orders" ADD CONSTRAINT "c" CHECK (${check});`;

test.each([
  `"status" IN ('OPEN', 'PAID')`,
  `"status" <> 'OPEN'`,
  `"status" IN ('OPEN', 'PAID', 'it''s') AND "Cents" > 0`,
  `"status" IN ('OPEN', 'PAID', 'it''s') OR "active"`,
  `NOT "status" IN ('OPEN', 'PAID', 'it''s')`,
  `"note" IS NOT NULL`,
  `"Cents" IS NOT NULL AND "Cents" + 1 > 0`,
  `"Cents" > 0`,
  `"note" IN ('OPEN', 'PAID')`,
  `num_nonnulls("note", "Cents") = 1`,
])('is silent on %s', async check => {
  expect(await database.say(table(check))).toEqual([]);
});

test.each([
  [`"status" IN ('OPEN', 'PAID', 'it''s')`, 'all values of the enum `Status`, and refuses the next one that it gets'],
  [
    `"status"::text IN ('OPEN', 'PAID', 'it''s', 'more')`,
    'all values of the enum `Status`, and refuses the next one that it gets',
  ],
  [
    `"status"::text = ANY (ARRAY['OPEN'::character varying, 'PAID', 'it''s']::text[])`,
    'all values of the enum `Status`, and refuses the next one that it gets',
  ],
  [`"Cents" IS NOT NULL`, 'NOT NULL of `Cents`'],
  [`"active" IS NOT NULL`, 'NOT NULL of `active`'],
])('finds and drops %s', async (check, said) => {
  expect(await database.say(table(check))).toEqual([`orders.c: The CHECK \`c\` of \`orders\` repeats ${said}.`]);
  await database.prove(table(check));
});

test('finds the second of two', async () => {
  const sql = `${table('"Cents" > 0')} ALTER TABLE "orders" ADD CONSTRAINT "again" CHECK ("Cents" > 0) NOT VALID;`;
  expect(await database.say(sql)).toEqual(['orders.c: The CHECK `c` of `orders` repeats the CHECK `again`.']);
});
