import { expect, jest, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './tautological-check.ts';

jest.setTimeout(120_000);
const database = await databaseTesting(rule);

const table = (check: string) =>
  `CREATE TABLE "orders" ("id" int PRIMARY KEY, "status" text, "Cents" int, "note" varchar(20), "tags" text[]);
ALTER TABLE "orders" ADD CONSTRAINT "c" CHECK (${check});`;

test.each([
  `"status" IN ('OPEN', 'PAID')`,
  `"status" NOT IN ('OPEN', NULL)`,
  `"status" IS NULL OR "status" IN ('OPEN', 'PAID')`,
  `"status" IN ('OPEN', NULL) AND "Cents" > 0`,
  `NOT ("status" IN ('OPEN', NULL))`,
  `CASE WHEN "Cents" > 0 THEN "status" IN ('OPEN', NULL) ELSE "Cents" = 0 END`,
  `"Cents" >= 0`,
  `"Cents" >= 0 OR "Cents" < -5`,
  `length("note") > 0`,
  `"status" = "note"`,
  `"Cents" = "Cents" % 10`,
  `"status" = lower("status")`,
  `("status" IS NULL) <> ("note" IS NULL)`,
  `num_nonnulls("status", "note") = 1`,
  `"note" IS NOT NULL OR "status" IS NULL`,
  `"note" = 'CASE, NULL'`,
])('is silent on %s', async check => {
  expect(await database.say(table(check))).toEqual([]);
});

test.each([
  [
    `"status" IN ('OPEN', NULL)`,
    'NULL stands in the list for `status`, so it is NULL and not false for what the list lacks',
  ],
  [
    `"note" IN (NULL, 'OPEN', 'PAID') OR "Cents" > 0`,
    'NULL stands in the list for `note`, so it is NULL and not false for what the list lacks',
  ],
  [
    `"Cents" IN (1, NULL, 2)`,
    'NULL stands in the list for `Cents`, so it is NULL and not false for what the list lacks',
  ],
  [`"Cents" > NULL`, '`Cents` is compared with NULL, which gives NULL and not false'],
  [`"status" <> NULL`, '`status` is compared with NULL, which gives NULL and not false'],
  [`true`, 'it always holds'],
  [`"Cents" > 0 OR true`, 'it always holds'],
  [`length("note") >= 0`, 'a length is never negative'],
  [`cardinality("tags") >= 0`, 'a length is never negative'],
  [`"Cents" >= 0 OR "Cents" < 0`, 'one of its two conditions on `Cents` always holds'],
  [`"status" IS NULL OR "status" IS NOT NULL`, 'one of its two conditions on `status` always holds'],
  [`"Cents" = "Cents"`, '`Cents` is compared with itself'],
])('finds %s', async (check, reason) => {
  expect(await database.say(table(check))).toEqual([
    `orders.c: No row can break the CHECK \`c\` of \`orders\`, because ${reason}.`,
  ]);
});

test.each([
  `"status" IN ('OPEN', 'it''s', NULL)`,
  `"note" IN (NULL, 'OPEN', 'PAID') OR "Cents" > 0`,
  `"Cents" IN (1, NULL, 2)`,
])('mends %s', async check => {
  const [fixed] = await database.prove(table(check));
  expect(fixed).not.toMatch(/\bNULL[:,\]]/);
});
