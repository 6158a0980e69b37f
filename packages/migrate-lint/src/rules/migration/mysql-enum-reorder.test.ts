import { expect, test } from '@jest/globals';
import { say } from '../../../test/migration-testing.ts';
import rule from './mysql-enum-reorder.ts';

const before = "CREATE TABLE `User` (`id` INTEGER NOT NULL, `role` ENUM('A', 'B') NOT NULL, PRIMARY KEY (`id`));";
const change = (values: string) =>
  say(rule, before, `ALTER TABLE \`User\` MODIFY \`role\` ENUM(${values}) NOT NULL;`, {
    lockFile: 'provider = "mysql"\n',
  });

test('new values behind all others, and none', async () => {
  expect(await change("'A', 'B', 'C'")).toEqual([]);
  expect(await change("'A','B'")).toEqual([]);
});

test('values in another order or in between', async () => {
  const message =
    'The values of `User.role` get other numbers, so MySQL copies all rows of `User` while nobody can write to it.';
  expect(await change("'B', 'A'")).toEqual([message]);
  expect(await change("'A', 'C', 'B'")).toEqual([message]);
});

test('a value that goes', async () => {
  expect(await change("'B'")).toEqual([
    '`User.role` loses `A` from its values, which fails when a row still has it, and copies all rows while nobody can write.',
  ]);
});

test('a table that the same migration makes', async () => {
  const sql = `${before}\nALTER TABLE \`User\` MODIFY \`role\` ENUM('B') NOT NULL;`;
  expect(await say(rule, '', sql, { lockFile: 'provider = "mysql"\n' })).toEqual([]);
});
