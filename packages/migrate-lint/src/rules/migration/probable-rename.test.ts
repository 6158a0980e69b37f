import { describe, expect, jest, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './probable-rename.ts';

jest.setTimeout(120_000);
const { say, finding, rowsFound, codeOf } = failTesting(rule);
const { applied } = await rewriteTesting();
const users = `CREATE TABLE "User" ("id" INTEGER NOT NULL, "phone" TEXT, "category" TEXT, "price" DECIMAL(10,2) NOT NULL DEFAULT 0, "verified" BOOLEAN, "adress" TEXT, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));`;
const logins = `CREATE TABLE "Account" ("id" TEXT PRIMARY KEY, "mail" TEXT NOT NULL, "since" DATE NOT NULL);
CREATE TABLE "Client" ("id" TEXT PRIMARY KEY);
CREATE TABLE "Login" ("id" INTEGER NOT NULL, "accountId" TEXT, CONSTRAINT "Login_pkey" PRIMARY KEY ("id"));
ALTER TABLE "Login" ADD CONSTRAINT "Login_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id");`;
const alter = (...clauses: readonly string[]) => `-- AlterTable\nALTER TABLE "User" ${clauses.join(',\n')};\n`;

describe('is silent of', () => {
  test.each([
    ['another name and type', alter('DROP COLUMN "phone"', 'ADD COLUMN "plan" INTEGER')],
    ['another name', alter('DROP COLUMN "phone"', 'ADD COLUMN "motto" TEXT')],
    ['a key in place of a value', alter('DROP COLUMN "category"', 'ADD COLUMN "categoryId" TEXT')],
    ['a moment in place of a flag', alter('DROP COLUMN "verified"', 'ADD COLUMN "verifiedAt" TIMESTAMP(3)')],
    [
      'an enum in the place of a text',
      `CREATE TYPE "Kind" AS ENUM ('a');\n${alter('DROP COLUMN "phone"', `ADD COLUMN "phoneKind" "Kind" NOT NULL DEFAULT 'a'`)}`,
    ],
    ['two that fit', alter('DROP COLUMN "phone"', 'ADD COLUMN "phoneHome" TEXT', 'ADD COLUMN "phoneWork" TEXT')],
    ['the same name', alter('DROP COLUMN "price"', 'ADD COLUMN "price" INTEGER')],
    [
      'values that are copied',
      `ALTER TABLE "User" ADD COLUMN "phoneNumber" TEXT;
UPDATE "User" SET "phoneNumber" = "phone";
ALTER TABLE "User" DROP COLUMN "phone";`,
    ],
    ['another table', `${alter('DROP COLUMN "phone"')}CREATE TABLE "Phone" ("phoneNumber" TEXT);`],
    ['a new table', 'CREATE TABLE "A" ("phone" TEXT); ALTER TABLE "A" DROP COLUMN "phone", ADD COLUMN "phones" TEXT;'],
    ['a drop alone', alter('DROP COLUMN "phone"')],
    [
      'a key to another table',
      `ALTER TABLE "Login" DROP CONSTRAINT "Login_accountId_fkey";
ALTER TABLE "Login" DROP COLUMN "accountId", ADD COLUMN "accountClientId" TEXT;
ALTER TABLE "Login" ADD CONSTRAINT "Login_accountClientId_fkey" FOREIGN KEY ("accountClientId") REFERENCES "Client"("id");`,
    ],
    [
      'a key that is none any more',
      `ALTER TABLE "Login" DROP CONSTRAINT "Login_accountId_fkey";
ALTER TABLE "Login" DROP COLUMN "accountId", ADD COLUMN "accountClientId" TEXT;`,
    ],
  ])('%s', async (_case, sql) => {
    expect(await say(`${users}\n${logins}`, sql)).toEqual([]);
  });
});

describe('a key', () => {
  const renamed = (target: string) => `ALTER TABLE "Login" DROP CONSTRAINT "Login_accountId_fkey";
ALTER TABLE "Login" DROP COLUMN "accountId", ADD COLUMN "ownerAccountId" TEXT;
ALTER TABLE "Login" ADD CONSTRAINT "Login_ownerAccountId_fkey" FOREIGN KEY ("ownerAccountId") REFERENCES "${target}"("id");`;

  test.each([
    ['to the same table', renamed('Account')],
    ['to the table under its new name', `ALTER TABLE "Account" RENAME TO "Person";\n${renamed('Person')}`],
  ])('%s', async (_case, sql) => {
    expect(await say(logins, sql)).toHaveLength(1);
  });

  test('to a table that is probably renamed', async () => {
    const sql = `ALTER TABLE "Login" DROP CONSTRAINT "Login_accountId_fkey";
DROP TABLE "Account";
CREATE TABLE "Person" ("id" TEXT PRIMARY KEY, "mail" TEXT NOT NULL, "since" DATE NOT NULL);
ALTER TABLE "Login" DROP COLUMN "accountId", ADD COLUMN "ownerAccountId" TEXT;
ALTER TABLE "Login" ADD CONSTRAINT "Login_ownerAccountId_fkey" FOREIGN KEY ("ownerAccountId") REFERENCES "Person"("id");`;
    expect(await say(logins, sql)).toHaveLength(2);
  });
});

test('loses nothing where the migration fails on any row, and is high', async () => {
  const sql = alter('DROP COLUMN "phone"', 'ADD COLUMN "phoneNumber" TEXT NOT NULL');
  const { message, level } = await finding(users, sql);
  expect([message, level]).toEqual([
    'The column `phone` of `User` is dropped and `phoneNumber` is added, which is probably the same column under a new name, and the migration fails as soon as the table has a row.',
    'high',
  ]);
  expect(await codeOf(users, `INSERT INTO "User" ("id") VALUES (1);`, sql)).toBe('23502');
  expect((await rowsFound(users, sql, `INSERT INTO "User" ("id") VALUES (1);`)).found).toHaveLength(1);
});

test('is critical where a statement that has run by then loses the values', async () => {
  const sql = `${alter('DROP COLUMN "phone"', 'ADD COLUMN "phoneNumber" TEXT')}ALTER TABLE "User" ADD COLUMN "plan" TEXT NOT NULL;`;
  expect((await finding(users, sql, { prisma: '7.10.0' })).level).toBe('critical');
  expect((await finding(users, sql, { prisma: '6.0.0' })).level).toBe('high');
});

test('names both columns', async () => {
  const { message, level, related } = await finding(
    users,
    alter('DROP COLUMN "phone"', 'ADD COLUMN "phoneNumber" TEXT'),
  );
  expect(message).toBe(
    'The column `phone` of `User` is dropped with its values and `phoneNumber` is added empty, which is probably the same column under a new name.',
  );
  expect(level).toBe('critical');
  expect(related.map(({ location }) => location.line)).toEqual([3]);
});

test.each([
  alter('DROP COLUMN "adress"', 'ADD COLUMN "address" TEXT'),
  alter('DROP COLUMN "phone"', 'ADD COLUMN "phone_number" VARCHAR(20)'),
  alter('DROP COLUMN "category"', 'ADD COLUMN "categories" TEXT'),
  `ALTER TABLE "User" ADD COLUMN "phoneNumber" TEXT;\nALTER TABLE "User" DROP COLUMN "phone";`,
])('speaks for %s', async sql => {
  expect(await say(users, sql)).toHaveLength(1);
});

describe('tables', () => {
  const before = `CREATE TABLE "Invoice" ("id" INTEGER NOT NULL, "total" INTEGER NOT NULL, "note" TEXT, "due" DATE, CONSTRAINT "Invoice_pkey" PRIMARY KEY ("id"));
CREATE TABLE "Post" ("id" INTEGER PRIMARY KEY);
CREATE TABLE "Tag" ("id" INTEGER PRIMARY KEY);
CREATE TABLE "_PostToTag" ("A" INTEGER NOT NULL, "B" INTEGER NOT NULL);
ALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_A_fkey" FOREIGN KEY ("A") REFERENCES "Post"("id");
ALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_B_fkey" FOREIGN KEY ("B") REFERENCES "Tag"("id");`;
  const dropJoin = `ALTER TABLE "_PostToTag" DROP CONSTRAINT "_PostToTag_A_fkey";
ALTER TABLE "_PostToTag" DROP CONSTRAINT "_PostToTag_B_fkey";
DROP TABLE "_PostToTag";`;
  const join = (b: string) => `CREATE TABLE "_Labels" ("A" INTEGER NOT NULL, "B" INTEGER NOT NULL);
ALTER TABLE "_Labels" ADD CONSTRAINT "_Labels_A_fkey" FOREIGN KEY ("A") REFERENCES "Post"("id");
ALTER TABLE "_Labels" ADD CONSTRAINT "_Labels_B_fkey" FOREIGN KEY ("B") REFERENCES "${b}"("id");`;

  test('with the same columns', async () => {
    const sql = `DROP TABLE "Invoice"; CREATE TABLE "Bill" ("id" INTEGER NOT NULL, "total" INTEGER NOT NULL, "note" TEXT, "due" DATE);`;
    expect(await say(before, sql)).toEqual([
      'The table `Invoice` is dropped with its rows and `Bill` is made empty with 4 of its 4 columns, which is probably the same table under a new name.',
    ]);
  });

  test('of Prisma between the same two tables', async () => {
    expect(await say(before, `${dropJoin}\n${join('Tag')}`)).toHaveLength(1);
  });

  test.each([
    ['between other tables', `${dropJoin}\n${join('Invoice')}`],
    [
      'with other columns',
      'DROP TABLE "Invoice"; CREATE TABLE "Car" ("id" INTEGER NOT NULL, "note" TEXT, "plate" TEXT);',
    ],
    [
      'with the rows',
      'CREATE TABLE "Bill" ("id" INTEGER, "total" INTEGER, "note" TEXT, "due" DATE); INSERT INTO "Bill" SELECT * FROM "Invoice"; DROP TABLE "Invoice";',
    ],
  ])('is silent %s', async (_case, sql) => {
    expect(await say(before, sql)).toEqual([]);
  });
});

describe('the fix', () => {
  test('renames, and keeps the other clauses', async () => {
    const sql = alter(
      'DROP COLUMN "phone"',
      'DROP COLUMN "verified"',
      'ADD COLUMN "phoneNumber" TEXT',
      'ADD COLUMN "bio" TEXT',
    );
    const { files, said } = await applied(rule, users, sql);
    expect(files['2_next']).toBe(`-- AlterTable
ALTER TABLE "User" RENAME COLUMN "phone" TO "phoneNumber";
ALTER TABLE "User" DROP COLUMN "verified",
  ADD COLUMN "bio" TEXT;
`);
    expect(said).toEqual([]);
  });

  test('converts the type, the default and NOT NULL', async () => {
    const sql = alter('DROP COLUMN "price"', 'ADD COLUMN "priceNet" INTEGER DEFAULT 5');
    const { files, said } = await applied(rule, users, sql);
    expect(files['2_next']).toBe(`-- AlterTable
ALTER TABLE "User" RENAME COLUMN "price" TO "priceNet";
ALTER TABLE "User" ALTER COLUMN "priceNet" DROP DEFAULT,
  ALTER COLUMN "priceNet" TYPE integer USING "priceNet"::integer,
  ALTER COLUMN "priceNet" SET DEFAULT 5,
  ALTER COLUMN "priceNet" DROP NOT NULL;
`);
    expect(said).toEqual([]);
  });

  test('of two statements takes the other out', async () => {
    const sql = `ALTER TABLE "User" ADD COLUMN "phoneNumber" TEXT;\n\nALTER TABLE "User" DROP COLUMN "phone";\n`;
    const { files, said } = await applied(rule, users, sql);
    expect(files['2_next']).toBe('ALTER TABLE "User" RENAME COLUMN "phone" TO "phoneNumber";\n');
    expect(said).toEqual([]);
  });

  const keys = `CREATE TABLE "User" ("id" INTEGER PRIMARY KEY);
CREATE TABLE "ApiKeys" ("id" SERIAL NOT NULL, "token" TEXT NOT NULL, "userId" INTEGER NOT NULL, "uses" INTEGER, "old" TEXT, "day" DATE, CONSTRAINT "ApiKeys_pkey" PRIMARY KEY ("id"));
CREATE UNIQUE INDEX "ApiKeys_token_key" ON "ApiKeys"("token");
ALTER TABLE "ApiKeys" ADD CONSTRAINT "ApiKeys_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id");`;
  const next = `-- DropForeignKey
ALTER TABLE "ApiKeys" DROP CONSTRAINT "ApiKeys_userId_fkey";

-- DropTable
DROP TABLE "ApiKeys";

-- CreateTable
CREATE TABLE "ApiKey" ("id" SERIAL NOT NULL, "token" TEXT NOT NULL, "userId" INTEGER NOT NULL, "uses" BIGINT NOT NULL DEFAULT 0, "note" TEXT, "day" DATE, CONSTRAINT "ApiKey_pkey" PRIMARY KEY ("id"));

-- CreateIndex
CREATE UNIQUE INDEX "ApiKey_token_key" ON "ApiKey"("token");

-- AddForeignKey
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id");
`;

  test('of a table keeps its rows', async () => {
    const { files, said } = await applied(rule, keys, next);
    expect(files['2_next']).toBe(`-- DropForeignKey
ALTER TABLE "ApiKeys" DROP CONSTRAINT "ApiKeys_userId_fkey";

-- CreateTable
ALTER TABLE "ApiKeys" RENAME TO "ApiKey";
ALTER TABLE "ApiKey" RENAME CONSTRAINT "ApiKeys_pkey" TO "ApiKey_pkey";
ALTER TABLE "ApiKey" DROP COLUMN "old",
  ALTER COLUMN "uses" TYPE bigint USING "uses"::bigint,
  ALTER COLUMN "uses" SET DEFAULT 0,
  ALTER COLUMN "uses" SET NOT NULL,
  ADD COLUMN "note" text;
DROP INDEX "ApiKeys_token_key";

-- CreateIndex
CREATE UNIQUE INDEX "ApiKey_token_key" ON "ApiKey"("token");

-- AddForeignKey
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id");
`);
    expect(said).toEqual([]);
    const rows = `INSERT INTO "User" VALUES (1); INSERT INTO "ApiKeys" ("token", "userId", "uses") VALUES ('a', 1, 3);`;
    const check = `DO $$ BEGIN IF (SELECT "uses" FROM "ApiKey" WHERE "token" = 'a') <> 3 THEN RAISE 'lost'; END IF; INSERT INTO "ApiKey" ("token", "userId") VALUES ('b', 1); END $$;`;
    expect(await codeOf(keys, rows, files['2_next'] ?? '', check)).toBeUndefined();
  });

  test.each([
    ['another key', next.replace('PRIMARY KEY ("id")', 'PRIMARY KEY ("token")')],
    ['a column that needs a value', next.replace('"note" TEXT', '"note" TEXT NOT NULL')],
    ['the new one first', next.replace('-- DropTable\nDROP TABLE "ApiKeys";\n', '').concat('\nDROP TABLE "ApiKeys";')],
  ])('of a table is left out with %s', async (_case, sql) => {
    expect((await finding(keys, sql)).fix).toBeNull();
  });

  test('quotes names that want to be something else', async () => {
    const before = 'CREATE TABLE "a""b" ("id" INTEGER, "phone"";x" TEXT);';
    const sql = 'ALTER TABLE "a""b" DROP COLUMN "phone"";x", ADD COLUMN "phones"";x" TEXT;';
    const { files } = await applied(rule, before, sql);
    expect(files['2_next']).toBe('ALTER TABLE "a""b" RENAME COLUMN "phone"";x" TO "phones"";x";');
  });

  test('is left out where the new column has a source of its own', async () => {
    const { fix } = await finding(users, alter('DROP COLUMN "price"', 'ADD COLUMN "prices" SERIAL'));
    expect(fix).toBeNull();
  });
});

test('counts the values that would be lost', async () => {
  const sql = alter('DROP COLUMN "phone"', 'ADD COLUMN "phoneNumber" TEXT');
  expect((await rowsFound(users, sql, `INSERT INTO "User" ("id", "phone") VALUES (1, '1'), (2, null)`)).found).toEqual([
    { rows: 1 },
  ]);
});
