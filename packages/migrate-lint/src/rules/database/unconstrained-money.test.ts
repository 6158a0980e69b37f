import { expect, jest, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './unconstrained-money.ts';

jest.setTimeout(120_000);
const database = await databaseTesting(rule);

const table = (name: string, columns: string) => `CREATE TABLE "${name}" ("id" int PRIMARY KEY, ${columns});\n`;

test.each([
  ['a CHECK', table('payments', '"amount" bigint NOT NULL CHECK ("amount" > 0)')],
  [
    'a CHECK on two columns',
    table('wallets', '"balance" bigint, "locked_amount" bigint, CHECK ("locked_amount" BETWEEN 0 AND "balance")'),
  ],
  [
    'a domain',
    `CREATE DOMAIN "money_amount" AS numeric(19, 4) CHECK (VALUE >= 0); ${table('payments', '"amount" "money_amount"')}`,
  ],
  [
    'a trigger that raises',
    `${table('payments', '"amount" bigint')}
CREATE FUNCTION "guard"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW."amount" < 0 THEN RAISE EXCEPTION 'no'; END IF; RETURN NEW; END $$;
CREATE TRIGGER "guard" BEFORE INSERT OR UPDATE ON "payments" FOR EACH ROW EXECUTE FUNCTION "guard"();`,
  ],
  ['ledger entries', table('ledger_entries', '"amount" bigint, "balance" bigint')],
  ['transactions', table('bank_transactions', '"amount" numeric(19, 4)')],
  ['deltas', table('points', '"amount_delta" bigint, "balance_change" bigint')],
  ['a running balance', table('statements_lines', '"running_balance" bigint')],
  ['the balance of an account', table('accounts', '"balance" bigint')],
  ['prices and budgets', table('products', '"price" bigint, "cost" bigint, "budget" bigint')],
  ['amounts of something else', table('recipes', '"amount" numeric(10, 2), "unit" text')],
  ['generated columns', table('orders', '"qty" int, "fee_amount" bigint GENERATED ALWAYS AS ("qty" * 2) STORED')],
  ['invoices, which know credit notes', table('invoice_items', '"amount" bigint')],
  ['statistics', table('daily_stats', '"total_fee_amount" bigint')],
  [
    'bounds and other units',
    table('tickets', '"max_amount_per_user" int, "drift_amount_in_ms" int, "fees24hTimestamp" int'),
  ],
  ['text', table('payments', '"amount" text')],
])('is silent on %s', async (_, sql) => {
  expect(await database.say(sql)).toEqual([]);
});

test('speaks once of a table, and holds its columns to it', async () => {
  const sql = table('Payment', '"amountCents" int NOT NULL, "fee" numeric(19, 4), "price" bigint');
  expect(await database.say(sql)).toEqual([
    'Payment: Nothing in the database keeps `amountCents, fee` of `Payment` from being negative, so a race or a wrong sign in the code pays money out.',
  ]);
  expect(await database.prove(sql)).toEqual([
    `ALTER TABLE "Payment" ADD CONSTRAINT "Payment_money_check" CHECK ("amountCents" >= 0 AND "fee" >= 0) NOT VALID;
-- Fails while this finds rows: SELECT * FROM "Payment" WHERE NOT ("amountCents" >= 0 AND "fee" >= 0)
ALTER TABLE "Payment" VALIDATE CONSTRAINT "Payment_money_check";`,
  ]);
});

test.each([
  ['a wallet', table('wallets', '"balance_minor" bigint')],
  ['an escrow', table('accounts', '"escrow_balance" bigint')],
  [
    'a name that Postgres would cut',
    table('payments_of_the_customers_of_the_other_company_in_town', '"amount" bigint'),
  ],
  [
    'a name that is taken',
    table('payments', '"amount" bigint, "n" int, CONSTRAINT "payments_amount_check" CHECK ("n" > 0)'),
  ],
])('proves its CHECK on %s', async (_, sql) => {
  await database.prove(sql);
});
