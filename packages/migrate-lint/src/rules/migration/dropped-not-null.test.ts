import { expect, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import rule from './dropped-not-null.ts';

const { say, finding } = failTesting(rule);
const users = 'CREATE TABLE "User" ("id" INTEGER NOT NULL, "name" TEXT NOT NULL, "bio" TEXT);';
const drop = (column: string) => `ALTER TABLE "User" ALTER COLUMN "${column}" DROP NOT NULL;`;

test.each([
  ['that may be NULL already', drop('bio')],
  ['that is required again after it', `${drop('name')} ALTER TABLE "User" ALTER COLUMN "name" SET NOT NULL;`],
  ['that is dropped after it', `${drop('name')} ALTER TABLE "User" DROP COLUMN "name";`],
  ['of a table that is dropped after it', `${drop('name')} DROP TABLE "User";`],
  ['of the same migration', `ALTER TABLE "User" ADD COLUMN "x" TEXT NOT NULL; ${drop('x')}`],
])('is silent of a column %s', async (_case, sql) => {
  expect(await say(users, sql)).toEqual([]);
});

test('says who fails', async () => {
  const { message, level } = await finding(users, drop('name'));
  expect(message).toBe(
    'The column `name` of `User` may be NULL from now on, and deployed clients fail on the first row that they read with NULL in it.',
  );
  expect(level).toBe('low');
});
