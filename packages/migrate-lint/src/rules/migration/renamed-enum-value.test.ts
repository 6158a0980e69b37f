import { expect, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import rule from './renamed-enum-value.ts';

const { say, finding } = failTesting(rule);
const roles = `CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN');`;

test.each([
  ['of an enum that the migration makes', `CREATE TYPE "T" AS ENUM ('A'); ALTER TYPE "T" RENAME VALUE 'A' TO 'B';`],
  [
    'that the migration adds',
    `ALTER TYPE "Role" ADD VALUE 'GUEST'; ALTER TYPE "Role" RENAME VALUE 'GUEST' TO 'VISITOR';`,
  ],
])('is silent of a value %s', async (_case, sql) => {
  expect(await say(roles, sql)).toEqual([]);
});

test('says who fails', async () => {
  const { message, level } = await finding(roles, `ALTER TYPE "Role" RENAME VALUE 'USER' TO 'MEMBER';`);
  expect(message).toBe(
    'Renaming the value `USER` of the enum `Role` to `MEMBER` makes the deployed clients fail on every row that they read with it or write, until they are replaced.',
  );
  expect(level).toBe('high');
});
