import { expect, test } from '@jest/globals';
import { findingsOf } from '../../../test/lock-rule-testing.ts';
import { say } from '../../../test/migration-testing.ts';
import rule from './disabled-trigger.ts';

const orders = `CREATE TABLE "orders" ("id" integer PRIMARY KEY, "total" integer);
CREATE FUNCTION "audit"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER "audit" AFTER UPDATE ON "orders" FOR EACH ROW EXECUTE FUNCTION "audit"();
`;
const off = 'ALTER TABLE "orders" DISABLE TRIGGER "audit";';
const on = 'ALTER TABLE "orders" ENABLE TRIGGER "audit";';
const work = 'UPDATE "orders" SET "total" = 0;';

test.each([
  ['ENABLE in the same transaction', `BEGIN;\n${off}\n${work}\n${on}\nCOMMIT;`],
  ['ENABLE TRIGGER ALL', `BEGIN;\n${off}\n${work}\nALTER TABLE "orders" ENABLE TRIGGER ALL;\nCOMMIT;`],
  ['a new table', `CREATE TABLE "a" ("b" integer);\nALTER TABLE "a" DISABLE TRIGGER ALL;`],
  ['a new trigger', 'CREATE TRIGGER "more" AFTER INSERT ON "orders" FOR EACH ROW EXECUTE FUNCTION "audit"();'],
  ['a trigger that is dropped', 'DROP TRIGGER "audit" ON "orders";'],
  ['a trigger that is dropped at last', `BEGIN;\n${off}\nDROP TRIGGER "audit" ON "orders";\nCOMMIT;`],
  ['a table that is dropped at last', `BEGIN;\n${off}\nDROP TABLE "orders";\nCOMMIT;`],
  ['ENABLE alone', on],
  ['a setting of the session', `SET session_replication_role = 'replica';\n${work}`],
])('is silent of %s', async (_, sql) => {
  expect(await say(rule, orders, sql)).toEqual([]);
});

test('speaks of rows that no foreign key checks', async () => {
  const keyed = `${orders}CREATE TABLE "lines" ("id" integer PRIMARY KEY, "orderId" integer REFERENCES "orders"("id"));`;
  const all = (table: string, off: string, sql: string): string =>
    `BEGIN;\nALTER TABLE "${table}" DISABLE TRIGGER ${off};\n${sql}\nALTER TABLE "${table}" ENABLE TRIGGER ${off};\nCOMMIT;`;
  const insert = 'INSERT INTO "lines" VALUES (1, 1);';
  expect(await say(rule, keyed, all('lines', 'ALL', insert))).toEqual([
    'This writes to `lines` while DISABLE TRIGGER ALL has switched off its foreign keys, and nothing checks these rows afterwards.',
  ]);
  expect(await say(rule, keyed, all('lines', 'USER', insert))).toEqual([]);
  expect(await say(rule, keyed, all('lines', 'ALL', 'DELETE FROM "lines";'))).toEqual([]);
  expect(await say(rule, keyed, all('orders', 'ALL', work))).toEqual([]);
});

test('speaks of a trigger that another transaction switches on again', async () => {
  expect(await findingsOf(rule, orders, `${off}\n${work}\n${on}`)).toMatchObject([
    {
      level: 'medium',
      message:
        'This switches off the trigger `audit` of `orders` for everybody until another transaction switches it on again, and what clients write meanwhile goes by without it.',
      related: [{ message: 'Switched on again.' }],
    },
  ]);
});

test.each([
  [off, 'the trigger `audit`', 'medium'],
  ['ALTER TABLE "orders" DISABLE TRIGGER ALL;', 'every trigger', 'high'],
  ['ALTER TABLE "orders" DISABLE TRIGGER USER;', 'every trigger', 'medium'],
])('speaks of %s without an end', async (sql, what, level) => {
  expect(await findingsOf(rule, orders, `${sql}\n${work}`)).toMatchObject([
    {
      level,
      message: `This switches off ${what} of \`orders\` for everybody and nothing in the migration switches it on again, so what clients write goes by without it.`,
    },
  ]);
});
