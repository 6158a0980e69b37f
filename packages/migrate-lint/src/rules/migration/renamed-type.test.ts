import { expect, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import rule from './renamed-type.ts';

const { say, finding } = failTesting(rule);
const users = `CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN'); CREATE TABLE "User" ("role" "Role");`;

test.each([
  [
    'that Prisma makes anew',
    `CREATE TYPE "Role_new" AS ENUM ('USER');
ALTER TABLE "User" ALTER COLUMN "role" TYPE "Role_new" USING ("role"::text::"Role_new");
ALTER TYPE "Role" RENAME TO "Role_old";
ALTER TYPE "Role_new" RENAME TO "Role";
DROP TYPE "Role_old";`,
  ],
  [
    'that an older Prisma made anew',
    `ALTER TYPE "Role" RENAME TO "Role_old";
CREATE TYPE "Role" AS ENUM ('USER');
ALTER TABLE "User" ALTER COLUMN "role" TYPE "Role" USING ("role"::text::"Role");
DROP TYPE "Role_old";`,
  ],
  ['of the same migration', `CREATE TYPE "T" AS ENUM ('A'); ALTER TYPE "T" RENAME TO "U";`],
])('is silent of an enum %s', async (_case, sql) => {
  expect(await say(users, sql)).toEqual([]);
});

test('says who fails', async () => {
  const { message, level } = await finding(users, 'ALTER TYPE "Role" RENAME TO "UserRole";');
  expect(message).toBe(
    'Renaming the enum `Role` to `UserRole` makes every write of the deployed clients to a column of it fail until they are replaced, for they cast to it by name.',
  );
  expect(level).toBe('medium');
});
