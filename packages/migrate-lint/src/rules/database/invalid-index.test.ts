import { expect, jest, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './invalid-index.ts';

jest.setTimeout(120_000);
const database = await databaseTesting(rule);

const orders = 'CREATE TABLE "orders" ("id" bigint PRIMARY KEY, "email" text NOT NULL);\n';
const broken = (index: string): string =>
  `UPDATE pg_index SET indisvalid = false WHERE indexrelid = '"${index}"'::regclass;\n`;

test('is silent on indexes that are ready', async () => {
  expect(await database.flagged(`${orders}CREATE INDEX ON "orders"("email");`)).toEqual([]);
});

test('tells one that is written and never read, and builds it anew', async () => {
  const sql = `${orders}CREATE UNIQUE INDEX "mail" ON "orders"(lower("email"));\n${broken('mail')}`;
  expect(await database.say(sql)).toEqual([
    'orders.mail: The index `mail` of `orders` is invalid, so every write pays for it and no query uses it.',
  ]);
  const [fix] = await database.prove(sql);
  expect(fix).toMatch(/^REINDEX INDEX "mail";$/m);
});

test('drops what a REINDEX CONCURRENTLY left behind', async () => {
  const sql = `${orders}CREATE INDEX "mail_ccnew" ON "orders"("email");\n${broken('mail_ccnew')}`;
  expect(await database.findings(sql)).toMatchObject([{ fix: { safety: 'safe', sql: 'DROP INDEX "mail_ccnew";' } }]);
  await database.prove(sql);
});

test('says what an index of a partitioned table lacks', async () => {
  const sql = `CREATE TABLE "logs" ("id" bigint, "at" date) PARTITION BY RANGE ("at");
CREATE TABLE "logs_1" PARTITION OF "logs" DEFAULT;
CREATE INDEX "logs_at" ON ONLY "logs"("at");`;
  const fix = { title: 'Make the index on each partition and attach it to `logs_at`', sql: null };
  expect(await database.findings(sql)).toMatchObject([{ subject: 'logs.logs_at', fix }]);
});

test('leaves what drift speaks of to drift, and tells what no schema can say', async () => {
  const index = `${orders}CREATE INDEX "orders_email_idx" ON "orders"("email");\n${broken('orders_email_idx')}`;
  const model = (more: string): string => `model orders {\n  id    BigInt @id\n  email String\n${more}}\n`;
  expect(await database.flagged(index, { schema: model('\n  @@index([email])\n') })).toEqual([]);
  expect(await database.flagged(index, { schema: model('') })).toEqual([]);
  const partial = `${orders}CREATE INDEX "few" ON "orders"("email") WHERE "id" > 5;\n${broken('few')}`;
  expect(await database.flagged(partial, { schema: model('') })).toEqual(['orders.few']);
});
