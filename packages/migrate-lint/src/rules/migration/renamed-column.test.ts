import { expect, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import rule from './renamed-column.ts';

const { say, finding } = failTesting(rule);
const users = 'CREATE TABLE "User" ("id" INTEGER NOT NULL, "phone" TEXT);';
const rename = (from: string, to: string) => `ALTER TABLE "User" RENAME COLUMN "${from}" TO "${to}";`;

test.each([
  ['that the migration adds', `ALTER TABLE "User" ADD COLUMN "a" TEXT; ${rename('a', 'b')}`],
  ['of a table that the migration makes', 'CREATE TABLE "A" ("b" TEXT); ALTER TABLE "A" RENAME COLUMN "b" TO "c";'],
  ['that makes room for another', `${rename('phone', 'phone_old')} ALTER TABLE "User" ADD COLUMN "phone" INTEGER;`],
  [
    'that another takes the place of',
    `ALTER TABLE "User" ADD COLUMN "phone2" TEXT; ${rename('phone', 'phone_old')} ${rename('phone2', 'phone')}`,
  ],
  ['that is dropped after it', `${rename('phone', 'gone')} ALTER TABLE "User" DROP COLUMN "gone";`],
  ['of a view', 'CREATE VIEW "V" AS SELECT "phone" FROM "User"; ALTER VIEW "V" RENAME COLUMN "phone" TO "number";'],
])('is silent of a column %s', async (_case, sql) => {
  expect(await say(users, sql)).toEqual([]);
});

test('says who fails, and how to do without', async () => {
  const { message, level } = await finding(users, rename('phone', 'phoneNumber'));
  expect(message).toBe(
    'Renaming the column `phone` of `User` to `phoneNumber` makes every query of the deployed clients that names it fail until they are replaced; `@map("phone")` gives the field its new name without it.',
  );
  expect(level).toBe('high');
});

test('speaks once of a rename in two steps', async () => {
  expect(await say(users, `${rename('phone', 'a')} ${rename('a', 'b')}`)).toHaveLength(1);
});
