import { expect, test } from '@jest/globals';
import { say } from '../../../test/migration-testing.ts';
import rule from './sqlite-redefine-cascade.ts';

const before = (action: string) => `CREATE TABLE "User" ("id" INTEGER NOT NULL PRIMARY KEY);
CREATE TABLE "Post" ("id" INTEGER NOT NULL PRIMARY KEY, "userId" INTEGER,
  CONSTRAINT "Post_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE ${action} ON UPDATE CASCADE);`;
const redefine = `CREATE TABLE "new_User" ("id" INTEGER NOT NULL PRIMARY KEY, "name" TEXT);
INSERT INTO "new_User" ("id") SELECT "id" FROM "User";
DROP TABLE "User";
ALTER TABLE "new_User" RENAME TO "User";`;
const sqlite = (sql: string, action = 'CASCADE') =>
  say(rule, before(action), sql, { lockFile: 'provider = "sqlite"\n' });

test('as Prisma writes it', async () => {
  expect(
    await sqlite(`PRAGMA defer_foreign_keys=ON;\nPRAGMA foreign_keys=OFF;\n${redefine}\nPRAGMA foreign_keys=ON;`),
  ).toEqual([]);
});

test('nobody loses anything, or the table does not come back', async () => {
  expect(await sqlite(redefine, 'RESTRICT')).toEqual([]);
  expect(await sqlite('DROP TABLE "User";')).toEqual([]);
});

const deletes =
  'Dropping `User` while foreign keys are on deletes the rows of `Post` that point at it, for `Post_userId_fkey` is ON DELETE CASCADE.';

test('with foreign keys on', async () => {
  expect(await sqlite(redefine)).toEqual([deletes]);
  expect(await sqlite(`PRAGMA defer_foreign_keys=ON;\n${redefine}`)).toEqual([deletes]);
  expect(await sqlite(`PRAGMA foreign_keys=OFF;\nPRAGMA foreign_keys=ON;\n${redefine}`)).toEqual([deletes]);
  expect(await sqlite(redefine, 'SET NULL')).toEqual([
    'Dropping `User` while foreign keys are on takes the links out of `Post` that point at it, for `Post_userId_fkey` is ON DELETE SET NULL.',
  ]);
});

test('in a transaction the PRAGMA does nothing', async () => {
  expect(await sqlite(`BEGIN;\nPRAGMA foreign_keys=OFF;\n${redefine}\nCOMMIT;`)).toEqual([deletes]);
});
