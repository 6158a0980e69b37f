import { describe, expect, jest, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './drops-handmade-object.ts';

jest.setTimeout(120_000);
const { say, finding } = failTesting(rule);
const { applied } = await rewriteTesting();
const users = `-- CreateTable
CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT, "deleted" BOOLEAN, "tags" TEXT[], CONSTRAINT "User_pkey" PRIMARY KEY ("id"));

-- CreateTable
CREATE TABLE "Order" ("id" INTEGER NOT NULL, "userId" INTEGER, CONSTRAINT "Order_pkey" PRIMARY KEY ("id"));

-- CreateIndex
CREATE INDEX "User_email_idx" ON "User"("email");

-- CreateIndex
CREATE INDEX "User_tags_gin" ON "User" USING GIN ("tags");

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email") WHERE NOT "deleted";

-- CreateIndex
CREATE INDEX "Order_idx" ON "Order"("id", "userId");
CREATE INDEX "Order_userId_idx" ON "Order"("userId");

-- by hand
CREATE INDEX "Order_id_idx" ON "Order"("id");
CREATE INDEX "User_lower_idx" ON "User"(lower("email"));
CREATE INDEX "User_deleted_idx" ON "User"("deleted");
CREATE INDEX "User_tags_idx" ON "User" USING GIN ("tags" array_ops);
CREATE INDEX "User_covering_idx" ON "User"("id") INCLUDE ("email");
ALTER TABLE "Order" ADD CONSTRAINT "Order_user_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id");
`;
const drop = (name: string) =>
  `-- DropIndex\nDROP INDEX "${name}";\n\n-- AlterTable\nALTER TABLE "User" ADD COLUMN "x" TEXT;\n`;

describe('is silent of', () => {
  test.each([
    ['an index that Prisma made', drop('User_email_idx')],
    ['another one', drop('User_tags_gin')],
    ['a statement by hand', '-- it is not used any more\nDROP INDEX "User_lower_idx";'],
    ['a statement that somebody changed', '-- DropIndex\nDROP INDEX CONCURRENTLY "User_lower_idx";'],
    ['a migration that drops and does nothing else', '-- DropIndex\nDROP INDEX "User_deleted_idx";'],
    ['an index under one comment with the one above it', drop('Order_userId_idx')],
    ['an index whose work another one does', drop('Order_id_idx')],
    ['columns that go', `${drop('User_deleted_idx')}\n-- AlterTable\nALTER TABLE "User" DROP COLUMN "deleted";`],
    ['a table that goes', `${drop('User_covering_idx')}\n-- DropTable\nDROP TABLE "User" CASCADE;`],
    [
      'an index that takes its place',
      `${drop('User_deleted_idx')}\n-- CreateIndex\nCREATE INDEX "User_deleted_id_idx" ON "User"("deleted", "id");`,
    ],
    [
      'a foreign key that comes back',
      '-- DropForeignKey\nALTER TABLE "Order" DROP CONSTRAINT "Order_user_fkey";\n\n-- AddForeignKey\nALTER TABLE "Order" ADD CONSTRAINT "Order_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id");',
    ],
  ])('%s', async (_case, sql) => {
    expect(await say(users, sql)).toEqual([]);
  });
});

test.each([
  ['User_lower_idx', 'the expression index', 'high'],
  ['User_tags_idx', 'the gin index', 'high'],
  ['User_covering_idx', 'the covering index', 'high'],
  ['User_deleted_idx', 'the index', 'medium'],
  ['User_email_key', 'the partial unique index', 'high'],
])('%s', async (name, words, expected) => {
  const { message, level, related } = await finding(users, drop(name));
  expect([message, level]).toEqual([
    `This generated statement drops ${words} \`${name}\` of \`User\`, which \`1_before\` made by hand and the schema does not say.`,
    expected,
  ]);
  expect(related[0]?.location.file).toContain('1_before');
});

test('of a foreign key', async () => {
  const sql =
    '-- DropForeignKey\nALTER TABLE "Order" DROP CONSTRAINT "Order_user_fkey";\n\n-- AlterTable\nALTER TABLE "Order" ADD COLUMN "x" TEXT;';
  expect(await say(users, sql)).toEqual([
    'This generated statement drops the foreign key `Order_user_fkey` of `Order`, which `1_before` made by hand and the schema does not say.',
  ]);
});

test('the fix takes the statement out', async () => {
  const sql = drop('User_lower_idx');
  const { files, said } = await applied(rule, users, sql);
  expect(files['2_next']).toBe('-- AlterTable\nALTER TABLE "User" ADD COLUMN "x" TEXT;\n');
  expect(said).toEqual([]);
});
