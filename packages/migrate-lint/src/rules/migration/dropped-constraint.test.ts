import { describe, expect, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import rule from './dropped-constraint.ts';

const { say, finding } = failTesting(rule);
const shop = `CREATE TABLE "Tag" ("id" INTEGER PRIMARY KEY, "name" TEXT UNIQUE);
CREATE TYPE "Status" AS ENUM ('OPEN');
CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT NOT NULL, "tenant" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE UNIQUE INDEX "User_tenant_email_key" ON "User"("tenant", "email");
CREATE TABLE "Order" ("id" INTEGER NOT NULL, "userId" INTEGER NOT NULL, "total" INTEGER, "status" TEXT, CONSTRAINT "Order_pkey" PRIMARY KEY ("id"));
-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Order" ADD CONSTRAINT "Order_total_check" CHECK ("total" > 0);
ALTER TABLE "Order" ADD CONSTRAINT "Order_status_check" CHECK ("status" IN ('OPEN'));
ALTER TABLE "Order" ADD CONSTRAINT "Order_total_not_null" CHECK ("total" IS NOT NULL);`;
const dropKey = '-- DropForeignKey\nALTER TABLE "Order" DROP CONSTRAINT "Order_userId_fkey";\n';
const addKey = (action: string) =>
  `-- AddForeignKey\nALTER TABLE "Order" ADD CONSTRAINT "Order_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE ${action};`;

describe('is silent of', () => {
  test.each([
    ['a foreign key that comes back with another action', `${dropKey}${addKey('CASCADE')}`],
    ['one that comes back without a look at the rows', `${dropKey}${addKey('CASCADE').replace(/;$/, ' NOT VALID;')}`],
    [
      'one that gets the column of a tenant besides',
      `${dropKey}ALTER TABLE "Order" ADD CONSTRAINT "k" FOREIGN KEY ("userId", "id") REFERENCES "User"("id", "tenant");`,
    ],
    ['one whose column goes', `${dropKey}ALTER TABLE "Order" DROP COLUMN "userId";`],
    ['one whose table goes', `${dropKey}DROP TABLE "Order";`],
    ['one to a table that goes', `${dropKey}DROP TABLE "User";`],
    [
      'a key that changes',
      'ALTER TABLE "User" DROP CONSTRAINT "User_pkey", ADD CONSTRAINT "User_pkey" PRIMARY KEY ("email");',
    ],
    [
      'a unique index that becomes a constraint',
      'DROP INDEX "User_tenant_email_key"; ALTER TABLE "User" ADD CONSTRAINT "User_tenant_email_key" UNIQUE ("email", "tenant");',
    ],
    [
      'a unique on fewer columns',
      'CREATE UNIQUE INDEX "User_email_key" ON "User"("email"); DROP INDEX "User_tenant_email_key";',
    ],
    [
      'a CHECK that changes',
      'ALTER TABLE "Order" DROP CONSTRAINT "Order_total_check", ADD CONSTRAINT "Order_total_check" CHECK ("total" >= 0);',
    ],
    [
      'a CHECK that an enum takes over',
      'ALTER TABLE "Order" DROP CONSTRAINT "Order_status_check"; ALTER TABLE "Order" ALTER COLUMN "status" TYPE "Status" USING "status"::"Status";',
    ],
    [
      'a CHECK that NOT NULL takes over',
      'ALTER TABLE "Order" ALTER COLUMN "total" SET NOT NULL; ALTER TABLE "Order" DROP CONSTRAINT "Order_total_not_null";',
    ],
    [
      'one of the same migration',
      'ALTER TABLE "Order" ADD CONSTRAINT "c" CHECK ("id" > 0); ALTER TABLE "Order" DROP CONSTRAINT "c";',
    ],
    ['an index that holds nothing', 'CREATE INDEX "i" ON "User"("email"); DROP INDEX "i";'],
    ['what is not there', 'ALTER TABLE "Order" DROP CONSTRAINT IF EXISTS "nothing";'],
  ])('%s', async (_case, sql) => {
    expect(await say(shop, sql)).toEqual([]);
  });
});

test('a foreign key of more columns, one of which may be NULL, or to another table, is weaker', async () => {
  const key =
    'ALTER TABLE "Order" ADD CONSTRAINT "k" FOREIGN KEY ("userId", "status") REFERENCES "User"("id", "tenant");';
  expect(await say(shop, `${dropKey}${key}`)).toHaveLength(1);
  const elsewhere =
    'ALTER TABLE "Order" ADD CONSTRAINT "k" FOREIGN KEY ("userId", "id") REFERENCES "Tag"("id", "name");';
  expect(await say(shop, `${dropKey}${elsewhere}`)).toHaveLength(1);
});

test('a unique with a condition may get another one, and not a condition that it did not have', async () => {
  const active = (where: string) => `CREATE UNIQUE INDEX "active" ON "User"("email") WHERE ${where};`;
  const change = `DROP INDEX "active"; ${active(`"id" > 0 OR "tenant" = 'a'`)}`;
  expect(await say(`${shop}\n${active('"id" > 0')}`, change)).toEqual([]);
  expect(await say(`${shop}\nCREATE UNIQUE INDEX "active" ON "User"("email");`, change)).toHaveLength(1);
});

test('a second one that is as strong stays', async () => {
  const twice = `${shop} CREATE UNIQUE INDEX "again" ON "User"("email", "tenant");`;
  expect(await say(twice, 'DROP INDEX "again";')).toEqual([]);
  expect(await say(twice, 'DROP INDEX "again"; DROP INDEX "User_tenant_email_key";')).toHaveLength(2);
});

test.each([
  [
    'ALTER TABLE "Tag" DROP CONSTRAINT "Tag_name_key";',
    '`Tag_name_key` of `Tag` is dropped and nothing as strong takes its place, so `name` may hold duplicates from then on, and upserts of deployed clients on that may fail.',
  ],
  [
    dropKey,
    '`Order_userId_fkey` of `Order` is dropped and nothing as strong takes its place, so `userId` may point at rows that are not there from then on.',
  ],
  [
    'DROP INDEX "User_tenant_email_key";',
    '`User_tenant_email_key` of `User` is dropped and nothing as strong takes its place, so `tenant, email` may hold duplicates from then on, and upserts of deployed clients on that may fail.',
  ],
  [
    'ALTER TABLE "Order" DROP CONSTRAINT "Order_total_check";',
    '`Order_total_check` of `Order` is dropped and nothing as strong takes its place, so `Order` takes rows from then on that it refused.',
  ],
])('%s', async (sql, expected) => {
  const { message, level } = await finding(shop, sql);
  expect([message, level]).toEqual([expected, 'medium']);
});

test('is high for a table that has no key any more', async () => {
  const { message, level } = await finding(shop, 'ALTER TABLE "Order" DROP CONSTRAINT "Order_pkey";');
  expect([message, level]).toEqual([
    '`Order_pkey` of `Order` is dropped and nothing as strong takes its place, so `Order` has no primary key any more.',
    'high',
  ]);
});

test('speaks of a weaker one in its place', async () => {
  const wider = 'DROP INDEX "User_tenant_email_key"; CREATE UNIQUE INDEX "k" ON "User"("tenant", "email", "id");';
  const partial = `DROP INDEX "User_tenant_email_key"; CREATE UNIQUE INDEX "k" ON "User"("tenant", "email") WHERE "id" > 0;`;
  expect(await say(shop, wider)).toHaveLength(1);
  expect(await say(shop, partial)).toHaveLength(1);
});

test('leaves a unique index by hand to the rule of that', async () => {
  const before = `${shop}\nCREATE UNIQUE INDEX "User_lower_key" ON "User"(lower("email"));`;
  expect(await say(before, '-- DropIndex\nDROP INDEX "User_lower_key";')).toEqual([]);
  expect(await say(before, 'DROP INDEX "User_lower_key";')).toHaveLength(1);
});
