import { describe, expect, test } from '@jest/globals';
import { say } from '../../../test/migration-testing.ts';
import rule from './mysql-table-copy.ts';

const before = `CREATE TABLE \`User\` (\`id\` INTEGER NOT NULL AUTO_INCREMENT, \`name\` VARCHAR(20) NOT NULL, \`team\` INTEGER NULL,
  \`role\` ENUM('A', 'B') NOT NULL, PRIMARY KEY (\`id\`));
CREATE TABLE \`Team\` (\`id\` INTEGER NOT NULL, PRIMARY KEY (\`id\`));`;
const mysql = (sql: string) => say(rule, before, sql, { lockFile: 'provider = "mysql"\n' });

describe('silent', () => {
  test.each([
    ['a column that becomes NULL', 'ALTER TABLE `User` MODIFY `name` VARCHAR(20) NULL;'],
    ['a longer VARCHAR with as many bytes for its length', 'ALTER TABLE `User` MODIFY `name` VARCHAR(60) NOT NULL;'],
    ['a new column', 'ALTER TABLE `User` ADD COLUMN `age` INTEGER NULL;'],
    ['an index', 'CREATE INDEX `i` ON `User`(`name`);'],
    ['the same type in other words', 'ALTER TABLE `User` MODIFY `team` INT(11) NULL;'],
    ['values of an ENUM', "ALTER TABLE `User` MODIFY `role` ENUM('B', 'A') NOT NULL;"],
    ['LOCK=NONE', 'ALTER TABLE `User` MODIFY `team` BIGINT NULL, ALGORITHM=INPLACE, LOCK=NONE;'],
    [
      'a foreign key behind SET FOREIGN_KEY_CHECKS = 0',
      'SET FOREIGN_KEY_CHECKS = 0;\nALTER TABLE `User` ADD CONSTRAINT `f` FOREIGN KEY (`team`) REFERENCES `Team`(`id`);',
    ],
    ['another primary key', 'ALTER TABLE `Team` DROP PRIMARY KEY, ADD PRIMARY KEY (`id`);'],
    ['a table that the same migration makes', 'CREATE TABLE `x` (`a` INT);\nALTER TABLE `x` MODIFY `a` BIGINT;'],
  ])('%s', async (_name, sql) => {
    expect(await mysql(sql)).toEqual([]);
  });

  test('PostgreSQL', async () => {
    const table = 'CREATE TABLE "User" ("id" integer PRIMARY KEY);';
    expect(await say(rule, table, 'ALTER TABLE "User" ALTER COLUMN "id" TYPE bigint;')).toEqual([]);
  });
});

test.each([
  ['ALTER TABLE `User` MODIFY `team` BIGINT NULL;', '`team` changes from `int` to `bigint`'],
  ['ALTER TABLE `User` MODIFY `name` VARCHAR(191) NOT NULL;', '`name` changes from `varchar(20)` to `varchar(191)`'],
  ['ALTER TABLE `User` CHANGE `name` `title` TEXT NOT NULL;', '`title` changes from `varchar(20)` to `text`'],
  ['ALTER TABLE `User` CONVERT TO CHARACTER SET utf8mb4;', 'its text is converted to `utf8mb4`'],
  ['CREATE FULLTEXT INDEX `f` ON `User`(`name`);', 'a FULLTEXT index is built'],
  [
    'ALTER TABLE `User` MODIFY `id` INTEGER NOT NULL, DROP PRIMARY KEY;',
    'its primary key goes and no other takes its place',
  ],
  [
    'ALTER TABLE `User` ADD CONSTRAINT `f` FOREIGN KEY (`team`) REFERENCES `Team`(`id`);',
    'the foreign key `f` is added while foreign_key_checks is on',
  ],
])('%s', async (sql, reason) => {
  expect(await mysql(sql)).toEqual([
    `Nobody can write to \`User\` while MySQL goes through all of its rows, because ${reason}.`,
  ]);
});
