import { expect, test } from '@jest/globals';
import { withPrisma } from '../../../test/lock-rule-testing.ts';
import { say } from '../../../test/migration-testing.ts';
import rule from './enum-value-in-transaction.ts';

const before = `CREATE TYPE "Role" AS ENUM ('USER');
CREATE TABLE "User" ("id" integer PRIMARY KEY, "role" "Role" NOT NULL DEFAULT 'USER', "roles" "Role"[], "note" text);
`;
const add = `ALTER TYPE "Role" ADD VALUE 'GUEST';`;
const together = (sql: string): string => `BEGIN;\n${add}\n${sql}\nCOMMIT;`;

test.each([
  [
    'statements that are transactions of their own',
    `${add}\nALTER TABLE "User" ALTER COLUMN "role" SET DEFAULT 'GUEST';`,
  ],
  ['two transactions', `BEGIN;\n${add}\nCOMMIT;\nUPDATE "User" SET "role" = 'GUEST';`],
  ['another value', together(`UPDATE "User" SET "role" = 'USER';`)],
  ['the text in another column', together(`UPDATE "User" SET "note" = 'GUEST' WHERE "role" = 'USER';`)],
  ['the text in another default', together(`ALTER TABLE "User" ALTER COLUMN "note" SET DEFAULT 'GUEST';`)],
  ['an INSERT of other columns', together(`INSERT INTO "User" ("id", "note") VALUES (1, 'GUEST');`)],
  ['the next value behind it', together(`ALTER TYPE "Role" ADD VALUE 'ROOT' AFTER 'GUEST';`)],
  ['another name for it', together(`ALTER TYPE "Role" RENAME VALUE 'GUEST' TO 'VISITOR';`)],
  ['a comment', together(`COMMENT ON TYPE "Role" IS 'GUEST';`)],
  ['a comparison as text', together(`CREATE VIEW "v" AS SELECT 1 AS "one" FROM "User" WHERE "role"::text = 'GUEST';`)],
  [
    'the body of a PL/pgSQL function',
    together(`CREATE FUNCTION "f"() RETURNS "Role" LANGUAGE plpgsql AS $$ BEGIN RETURN 'GUEST'::"Role"; END $$;`),
  ],
  ['a use before it', `BEGIN;\nUPDATE "User" SET "note" = 'GUEST';\n${add}\nCOMMIT;`],
  [
    'an enum of the same transaction',
    `BEGIN;\nCREATE TYPE "Mood" AS ENUM ('good');\nALTER TYPE "Mood" ADD VALUE 'bad';\nCREATE TABLE "m" ("mood" "Mood" DEFAULT 'bad');\nCOMMIT;`,
  ],
])('is silent of %s', async (_, sql) => {
  expect(await say(rule, before, sql)).toEqual([]);
});

test.each([
  `ALTER TABLE "User" ALTER COLUMN "role" SET DEFAULT 'GUEST';`,
  `ALTER TABLE "User" ADD COLUMN "other" "Role" NOT NULL DEFAULT 'GUEST';`,
  `CREATE TABLE "Team" ("id" integer PRIMARY KEY, "role" "Role" DEFAULT 'GUEST');`,
  `UPDATE "User" SET "role" = 'GUEST' WHERE "note" = 'x';`,
  `UPDATE "User" SET "note" = 'y' WHERE "role" IN ('USER', 'GUEST');`,
  `INSERT INTO "User" ("id", "role") VALUES (1, 'GUEST');`,
  `CREATE INDEX ON "User"("id") WHERE "role" = 'GUEST';`,
  `ALTER TABLE "User" ADD CHECK ("role" <> 'GUEST');`,
  `SELECT 'GUEST'::"Role";`,
])('speaks of %s', async sql => {
  expect(await say(rule, before, together(sql))).toEqual([
    'The value `GUEST` of the enum `Role` is used in the transaction that adds it, which Postgres refuses.',
  ]);
});

test('takes a whole file for one transaction up to Prisma 7.3', async () => {
  const sql = `${add}\nUPDATE "User" SET "role" = 'GUEST';`;
  expect(await say(rule, before, sql, withPrisma('7.3.0'))).toHaveLength(1);
  expect(await say(rule, before, sql, withPrisma('7.4.0'))).toEqual([]);
});
