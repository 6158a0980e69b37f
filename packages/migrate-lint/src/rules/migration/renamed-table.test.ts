import { expect, jest, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './renamed-table.ts';

jest.setTimeout(120_000);
const { say, finding, codeOf } = failTesting(rule);
const { applied } = await rewriteTesting();
const users = `CREATE TABLE "User" ("id" INTEGER PRIMARY KEY, "name" TEXT DEFAULT 'a'); CREATE SCHEMA "s";`;
const rename = 'ALTER TABLE "User" RENAME TO "Account";';

test.each([
  ['with a view under the old name', `${rename} CREATE VIEW "User" AS SELECT * FROM "Account";`],
  [
    'whose name another table gets',
    `CREATE TABLE "User_new" ("id" INTEGER); ALTER TABLE "User" RENAME TO "User_old"; ALTER TABLE "User_new" RENAME TO "User";`,
  ],
  ['whose name a new table has', `${rename} CREATE TABLE "User" ("id" INTEGER);`],
  ['that the migration makes', 'CREATE TABLE "A" ("id" INTEGER); ALTER TABLE "A" RENAME TO "B";'],
  ['of a schema without tables', 'ALTER SCHEMA "s" RENAME TO "t";'],
  ['that is dropped after it', `${rename} DROP TABLE "Account";`],
])('is silent of a table %s', async (_case, sql) => {
  expect(await say(users, sql)).toEqual([]);
});

test('says who fails', async () => {
  const { message, level } = await finding(users, rename);
  expect(message).toBe(
    'Renaming the table `User` to `Account` makes every query of the deployed clients on it fail until they are replaced.',
  );
  expect(level).toBe('high');
  expect(await say(users, 'ALTER TABLE "User" SET SCHEMA "s";')).toEqual([
    'Moving the table `User` to `s.User` makes every query of the deployed clients on it fail until they are replaced.',
  ]);
});

test('speaks once of a rename in two steps', async () => {
  expect(await say(users, `${rename} ALTER TABLE "Account" RENAME TO "Person";`)).toHaveLength(1);
  expect(await say(users, `${rename} ALTER TABLE "Account" RENAME TO "User";`)).toEqual([]);
});

test('says it of a schema', async () => {
  const before = `${users} CREATE TABLE "s"."T" ("id" INTEGER);`;
  expect(await say(before, 'ALTER SCHEMA "s" RENAME TO "t";')).toEqual([
    'Renaming the schema `s` to `t` makes every query of the deployed clients on its tables fail until they are replaced.',
  ]);
  expect(await say(before, 'ALTER SCHEMA "s" RENAME TO "t"; ALTER SCHEMA "t" RENAME TO "s";')).toEqual([]);
});

test('the fix keeps a view that takes what Prisma Client writes', async () => {
  const { files, said } = await applied(rule, users, `-- RenameTable\n${rename}\n`);
  const view = 'CREATE VIEW "User" AS SELECT * FROM "Account";';
  expect(files['2_next']).toBe(`-- RenameTable\n${rename}\n${view}\n`);
  expect(said).toEqual([]);
  const writes = `INSERT INTO "User" ("id") VALUES (1) RETURNING "User"."id";
INSERT INTO "User" ("id", "name") VALUES (1, 'b') ON CONFLICT ("id") DO UPDATE SET "name" = 'c' WHERE ("User"."id" = 1 AND 1 = 1) RETURNING "id";
UPDATE "User" SET "name" = 'd' WHERE ("User"."id" = 1 AND 1 = 1) RETURNING "name";
DELETE FROM "User" WHERE ("User"."id" IN (1));`;
  expect(await codeOf(users, rename, view, writes)).toBeUndefined();
});

test('of a table with row security the view asks for the rights of who reads it', async () => {
  const before = `${users} ALTER TABLE "User" ENABLE ROW LEVEL SECURITY;`;
  const { files } = await applied(rule, before, rename);
  expect(files['2_next']).toContain('CREATE VIEW "User" WITH (security_invoker = true) AS');
});
