import { expect, test } from '@jest/globals';
import { say } from '../../../test/migration-testing.ts';
import rule from './unread-statement.ts';

const mysql = { lockFile: 'provider = "mysql"\n' };

test('what the parser of MySQL refuses is said, and the statements around it are read', async () => {
  expect(await say(rule, '', 'CREATE TABLE `a` (`id` INT);\nSET @x := (SELECT 1);\nDROP TABLE `a`;', mysql)).toEqual([
    'This statement was not read, so no rule knows what it does (Expected: equals sign or TO, found: :=).',
  ]);
});

test('a file of a database that nobody reads is said once', async () => {
  expect(await say(rule, '', 'EXEC sp_rename 1;', { lockFile: 'provider = "sqlserver"\n' })).toEqual([
    'before: This statement was not read, so no rule knows what it does (SQL of sqlserver is not read).',
    'This statement was not read, so no rule knows what it does (SQL of sqlserver is not read).',
  ]);
});

test('PostgreSQL, whose own parser reads all: what it refuses is `migration/syntax-error`', async () => {
  expect(await say(rule, '', 'CREATE TABEL a ();')).toEqual([]);
});

test('clauses of Prisma and of people are read', async () => {
  const table = 'CREATE TABLE `t` (`id` INT NOT NULL, `a` INT, INDEX `i`(`a`), PRIMARY KEY (`id`));';
  const alter =
    'ALTER TABLE `t` RENAME INDEX `i` TO `j`, CONVERT TO CHARACTER SET utf8mb4, ALTER INDEX `j` INVISIBLE, ENGINE = InnoDB;';
  expect(await say(rule, table, alter, mysql)).toEqual([]);
  expect(await say(rule, '', 'PRAGMA foreign_keys=OFF;', { lockFile: 'provider = "sqlite"\n' })).toEqual([]);
});
