import { expect, test } from '@jest/globals';
import { say } from '../../../test/migration-testing.ts';
import rule from './mysql-invisible-first.ts';

const before =
  'CREATE TABLE `User` (`id` INTEGER NOT NULL, `name` INT, INDEX `i`(`name`), UNIQUE INDEX `u`(`name`), PRIMARY KEY (`id`));';
const mysql = { lockFile: 'provider = "mysql"\n' };

test('an index that goes at once, in both forms', async () => {
  const message =
    '`i` of `User` is dropped without having been invisible first, so a query that needs it is slow until it is built again.';
  expect(await say(rule, before, 'DROP INDEX `i` ON `User`;', mysql)).toEqual([message]);
  expect(await say(rule, before, 'ALTER TABLE `User` DROP INDEX `i`;', mysql)).toEqual([message]);
});

test('an index that was hidden before, and not in the same migration', async () => {
  const hide = 'ALTER TABLE `User` ALTER INDEX `i` INVISIBLE;';
  expect(await say(rule, `${before}\n${hide}`, 'DROP INDEX `i` ON `User`;', mysql)).toEqual([]);
  expect(await say(rule, before, `${hide}\nDROP INDEX \`i\` ON \`User\`;`, mysql)).toHaveLength(1);
});

test('a unique index, and one that the same migration makes', async () => {
  expect(await say(rule, before, 'DROP INDEX `u` ON `User`;', mysql)).toEqual([]);
  const made = 'CREATE INDEX `j` ON `User`(`id`);\nDROP INDEX `j` ON `User`;';
  expect(await say(rule, before, made, mysql)).toEqual([]);
});
