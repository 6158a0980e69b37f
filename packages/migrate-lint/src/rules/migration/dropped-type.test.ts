import { describe, expect, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import rule from './dropped-type.ts';

const { say, finding, codeOf } = failTesting(rule);
const users = `CREATE TYPE "Role" AS ENUM ('USER', 'EDITOR', 'ADMIN');
CREATE TYPE "Unused" AS ENUM ('A');
CREATE TABLE "User" ("id" INTEGER NOT NULL, "role" "Role" NOT NULL DEFAULT 'USER', "roles" "Role"[], CONSTRAINT "User_pkey" PRIMARY KEY ("id"));`;
const swap = (...values: readonly string[]) => `-- AlterEnum
BEGIN;
CREATE TYPE "Role_new" AS ENUM (${values.map(value => `'${value}'`).join(', ')});
ALTER TABLE "User" ALTER COLUMN "role" DROP DEFAULT;
ALTER TABLE "User" ALTER COLUMN "role" TYPE "Role_new" USING ("role"::text::"Role_new");
ALTER TABLE "User" ALTER COLUMN "roles" TYPE "Role_new"[] USING ("roles"::text::"Role_new"[]);
ALTER TYPE "Role" RENAME TO "Role_old";
ALTER TYPE "Role_new" RENAME TO "Role";
DROP TYPE "Role_old";
ALTER TABLE "User" ALTER COLUMN "role" SET DEFAULT 'USER';
COMMIT;`;

describe('is silent of', () => {
  test.each([
    ['an enum that is made anew with all of its values', swap('ADMIN', 'USER', 'EDITOR', 'GUEST')],
    [
      'an enum that an older Prisma made anew',
      `ALTER TYPE "Role" RENAME TO "Role_old";
CREATE TYPE "Role" AS ENUM ('USER', 'EDITOR', 'ADMIN', 'GUEST');
ALTER TABLE "User" ALTER COLUMN "role" TYPE "Role" USING ("role"::text::"Role"), ALTER COLUMN "roles" TYPE "Role"[] USING ("roles"::text::"Role"[]);
DROP TYPE "Role_old";`,
    ],
    ['a type that nothing uses', 'DROP TYPE "Unused";'],
    [
      'a type whose columns are dropped by name',
      'ALTER TABLE "User" DROP COLUMN "role", DROP COLUMN "roles"; DROP TYPE "Role";',
    ],
    [
      'a type of the same migration',
      `CREATE TYPE "T" AS ENUM ('A'); CREATE TABLE "A" ("t" "T"); DROP TYPE "T" CASCADE;`,
    ],
    ['what is not there', 'DROP TYPE IF EXISTS "Elsewhere";'],
  ])('%s', async (_case, sql) => {
    expect(await say(users, sql)).toEqual([]);
  });
});

test('sees the values that the swap of Prisma removes', async () => {
  const { message, level, text } = await finding(users, swap('USER', 'ADMIN'));
  expect(message).toBe(
    'The enum `Role` loses the value `EDITOR`, so deployed clients that still write or filter by it fail until they are replaced.',
  );
  expect(level).toBe('medium');
  expect(text).toBe('DROP TYPE "Role_old"');
  expect((await finding(users, swap('USER'))).message).toContain('loses the values `EDITOR, ADMIN`');
});

test('sees them in the way of an older Prisma', async () => {
  const sql = `ALTER TYPE "Role" RENAME TO "Role_old";
CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN');
ALTER TABLE "User" ALTER COLUMN "role" TYPE "Role" USING ("role"::text::"Role"), ALTER COLUMN "roles" TYPE "Role"[] USING ("roles"::text::"Role"[]);
DROP TYPE "Role_old";`;
  expect((await finding(users, sql)).message).toContain('The enum `Role` loses the value `EDITOR`');
});

test('knows enums of other schemas', async () => {
  const others = `CREATE SCHEMA "a b"; ${users.replaceAll('"Role"', '"a b"."Role"')}`;
  const sql = swap('USER')
    .replaceAll('"Role', '"a b"."Role')
    .replaceAll(/TO "a b"\./g, 'TO ');
  expect((await finding(others, sql)).message).toContain('The enum `a b.Role` loses the values');
});

test('sees that the type of a column is gone', async () => {
  const sql = `ALTER TABLE "User" ALTER COLUMN "role" DROP DEFAULT, ALTER COLUMN "role" TYPE TEXT;
ALTER TABLE "User" DROP COLUMN "roles";
DROP TYPE "Role";`;
  expect(await say(users, sql)).toEqual([
    'The enum `Role` is gone after this migration while `User.role` stays, so the deployed clients, which cast to it by name, fail on every write of it until they are replaced.',
  ]);
});

test('with CASCADE the columns go', async () => {
  expect(await codeOf(users, 'DROP TYPE "Role";')).toBe('2BP01');
  const { message, level } = await finding(users, 'DROP TYPE "Role" CASCADE;');
  expect(message).toBe(
    'Dropping the type `Role` with CASCADE also drops the column `User.role` and the column `User.roles` with all values.',
  );
  expect(level).toBe('critical');
});
