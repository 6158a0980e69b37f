import { beforeAll, describe, expect, test } from '@jest/globals';
import { historyOf, told, words } from '../../../test/dialect-testing.ts';
import { loadParser } from '../parser.ts';
import { loadDialects } from './parser.ts';

beforeAll(async () => {
  await loadParser();
  await loadDialects();
});

const user = `CREATE TABLE \`User\` (
  \`id\` INTEGER UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'key, of all',
  \`email\` VARCHAR(191) NULL DEFAULT 'a', \`role\` ENUM('A', 'B') NOT NULL DEFAULT 'A',
  \`at\` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
  UNIQUE INDEX \`User_email_key\`(\`email\`), INDEX \`i\`(\`email\`(10), \`at\` DESC), PRIMARY KEY (\`id\`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;`;

describe('MySQL', () => {
  test('a table with its columns, keys and indexes', () => {
    const history = historyOf('mysql', user, 'SELECT 1');
    const table = history.migrations[1]?.statements[0]?.before.table('User');
    expect(table?.columns.map(({ name, type, notNull }) => `${name} ${type ?? ''} ${String(notNull)}`)).toEqual([
      'id int unsigned true',
      'email varchar(191) false',
      "role enum('A','B') true",
      'at datetime(3) true',
    ]);
    expect(table?.column('at')?.default?.sql).toBe('CURRENT_TIMESTAMP(3)');
    expect(table?.column('id')?.identity).toBe('by default');
    expect(table?.primaryKey?.columns).toEqual(['id']);
    expect(table?.indexes.map(({ name, unique, columns }) => [name, unique, columns])).toEqual([
      ['PRIMARY', true, ['id']],
      ['User_email_key', true, ['email']],
      ['i', false, ['email', 'at']],
    ]);
  });

  test('MODIFY and CHANGE say all of a column again, and only what is new of it is a change', () => {
    expect(told('mysql', user, "ALTER TABLE `User` MODIFY `email` VARCHAR(191) NULL DEFAULT 'a';")).toEqual([]);
    expect(told('mysql', user, 'ALTER TABLE `User` MODIFY `email` VARCHAR(191) NOT NULL;')).toEqual([
      'set not null email',
      'drop default email',
    ]);
    expect(told('mysql', user, "ALTER TABLE `User` CHANGE `email` `mail` TEXT NULL DEFAULT 'b' AFTER `id`;")).toEqual([
      'rename column email → mail',
      'alter type mail varchar(191) → text',
      "set default mail 'b'",
    ]);
  });

  test.each([
    [
      'ALTER TABLE `User` ADD COLUMN `a` INT NOT NULL DEFAULT 3, DROP COLUMN `role`, ADD INDEX `j`(`a`), DROP INDEX `i`',
      ['add column a int', 'drop column role', 'create index j (a)', 'drop index i'],
    ],
    ['ALTER TABLE `User` ADD (`a` INT, `b` JSON)', ['add column a int', 'add column b json']],
    ['ALTER TABLE User RENAME INDEX i TO j', ['rename index User.i → j']],
    [
      'ALTER TABLE `User` DROP PRIMARY KEY, ADD PRIMARY KEY (`email`)',
      ['drop constraint PRIMARY', 'add constraint PRIMARY'],
    ],
    ['ALTER TABLE `User` CONVERT TO CHARACTER SET utf8mb4', ['convert character set utf8mb4']],
    ['ALTER TABLE `User` ALTER COLUMN `role` DROP DEFAULT', ['drop default role']],
    ['DROP INDEX `i` ON `User`', ['drop index i']],
    ['RENAME TABLE `User` TO `Person`', ['rename table User → Person']],
    ['DROP TABLE IF EXISTS `User`', ['drop table User']],
    ['TRUNCATE TABLE `User`', ['truncate User all ()']],
    ['UPDATE `User` SET `User`.`email` = "x" WHERE `id` = 1', ['update User some (email)']],
    ['UPDATE User SET email = IF(id > 1, "a", "b")', ['update User all (email)']],
    ['UPDATE `User` u JOIN `User` v ON u.id = v.id SET u.email = v.email', ['update User some (email)']],
    ['UPDATE `User` SET `at` = DATE_ADD(`at`, INTERVAL 1 DAY)', ['update User all (at)']],
    ['DELETE FROM `User` WHERE `id` > 1 LIMIT 10', ['delete User some at a time ()']],
    ['INSERT IGNORE INTO `User` (`id`) VALUES (1) ON DUPLICATE KEY UPDATE `id` = 1', ['insert User some (id)']],
    ['SET FOREIGN_KEY_CHECKS = 0', ['set foreign_key_checks 0']],
    ['LOCK TABLES `User` WRITE', ['other lock tables']],
  ])('%s', (sql, operations) => {
    expect(told('mysql', user, sql)).toEqual(operations);
  });

  test('each clause has a place of its own, in a script with other letters in front', () => {
    const sql = '-- größe 😀\nALTER TABLE `User` ADD COLUMN `a` INT, DROP COLUMN `role`;';
    const history = historyOf('mysql', user, sql);
    const operations = history.migrations[1]?.statements[0]?.operations ?? [];
    expect(operations.map(({ span }) => sql.slice(span.start, span.end))).toEqual([
      'ADD COLUMN `a` INT',
      'DROP COLUMN `role`',
    ]);
  });

  test('two tables may have an index of one name', () => {
    const both = 'CREATE TABLE `a` (`x` INT, INDEX `i`(`x`)); CREATE TABLE `b` (`x` INT, INDEX `i`(`x`));';
    const history = historyOf('mysql', both, 'DROP INDEX `i` ON `a`; SELECT 1');
    const { before } = history.migrations[1]?.statements[1] ?? {};
    expect(before?.table('a')?.indexes).toEqual([]);
    expect(before?.table('b')?.indexes.map(({ name }) => name)).toEqual(['i']);
  });

  test('what cannot be read is a statement that does nothing, and is said', () => {
    const history = historyOf('mysql', 'PREPARE s FROM @x;\nSELECT 1;');
    expect(history.unread.map(({ path, span }) => [path, span.start, span.end])).toEqual([['1#1', 0, 17]]);
    expect(history.migrations[0]?.statements[0]?.operations.map(words)).toEqual(['other unread']);
  });

  test('each statement is a transaction of its own', () => {
    const [migration] = historyOf('mysql', 'SELECT 1; SELECT 2;').migrations;
    expect(migration?.statements.map(({ transaction }) => transaction)).toEqual([0, 1]);
  });
});

describe('SQLite', () => {
  const table = 'CREATE TABLE "User" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "name" TEXT NOT NULL, "any");';

  test.each([
    ['PRAGMA foreign_keys=OFF', ['set foreign_keys off']],
    ['PRAGMA foreign_key_check', ['other pragma foreign_key_check']],
    ['ALTER TABLE "User" RENAME "name" TO "title"', ['rename column name → title']],
    ['ALTER TABLE "User" RENAME TO "Person"', ['rename table User → Person']],
    ['CREATE UNIQUE INDEX IF NOT EXISTS "i" ON "User"("name") WHERE "any" IS NOT NULL', ['create index i (name)']],
    ['INSERT OR REPLACE INTO "User" ("name") VALUES (\'a\')', ['insert User some (name)']],
    ['CREATE TRIGGER t AFTER INSERT ON "User" BEGIN DELETE FROM "User"; END', ['other create trigger']],
    ['BEGIN IMMEDIATE', ['begin']],
  ])('%s', (sql, operations) => {
    expect(told('sqlite', table, sql)).toEqual(operations);
  });

  test('names have no case, and `user` is one', () => {
    expect(told('sqlite', table, 'UPDATE user SET NAME = 1; INSERT INTO "b" SELECT name FROM User;')).toEqual([
      'update User all (NAME)',
      'insert b all ()',
    ]);
    expect(told('sqlite', table, 'ALTER TABLE user ADD COLUMN name TEXT;')).toEqual(['add column name text']);
    expect(
      historyOf('sqlite', table, 'UPDATE b SET a = (SELECT name FROM user);').statements[1]?.statement.operations,
    ).toMatchObject([{ kind: 'update', reads: ['User'] }]);
  });

  test('INTEGER PRIMARY KEY numbers the rows', () => {
    const sql =
      'CREATE TABLE "a" ("id" INTEGER NOT NULL PRIMARY KEY, "b" TEXT); CREATE TABLE "c" ("id" INT NOT NULL PRIMARY KEY);';
    const last = historyOf('sqlite', sql, 'SELECT 1').statements.at(-1)?.statement.before;
    expect(last?.table('a')?.column('id')?.identity).toBe('by default');
    expect(last?.table('c')?.column('id')?.identity).toBeUndefined();
  });
});
