import { expect, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import rule from './sqlite-type-change.ts';

const { say, finding } = failTesting(rule);
const sqlite = { lockFile: 'provider = "sqlite"\n' };

const table = (name: string, type: string): string =>
  `CREATE TABLE "${name}" ("id" INTEGER NOT NULL PRIMARY KEY, "value" ${type});`;
const redefine = (type: string, value = '"value"'): string => `PRAGMA foreign_keys=OFF;
${table('new_User', type)}
INSERT INTO "new_User" ("id", "value") SELECT "id", ${value} FROM "User";
DROP TABLE "User";
ALTER TABLE "new_User" RENAME TO "User";`;

test.each([
  ['TEXT', 'TEXT'],
  ['INTEGER', 'TEXT'],
  ['INTEGER', 'BIGINT'],
  ['REAL', 'DECIMAL'],
  ['BOOLEAN', 'INTEGER'],
  ['DATETIME', 'BIGINT'],
  ['TEXT', 'JSONB'],
])('%s is read as %s', async (from, to) => {
  expect(await say(table('User', from), redefine(to), sqlite)).toEqual([]);
});

test('somebody has thought of the values', async () => {
  const before = table('User', 'TEXT');
  expect(await say(before, redefine('INTEGER', 'CAST("value" AS INTEGER)'), sqlite)).toEqual([]);
  expect(await say(before, `DELETE FROM "User" WHERE "value" = '';\n${redefine('INTEGER')}`, sqlite)).toEqual([]);
  expect(await say('SELECT 1;', `${before}\n${redefine('INTEGER')}`, sqlite)).toEqual([]);
});

test('a key that was a BIGINT', async () => {
  const before = table('User', 'TEXT').replace('"id" INTEGER', '"id" BIGINT');
  expect(await say(before, redefine('TEXT'), sqlite)).toEqual([]);
});

test('of Postgres other rules speak', async () => {
  expect(await say(table('User', 'TEXT'), 'ALTER TABLE "User" ALTER COLUMN "value" TYPE integer;')).toEqual([]);
});

test('says which value cannot be read, at the column', async () => {
  const { message, text, precheck, level } = await finding(table('User', 'TEXT'), redefine('INTEGER'), sqlite);
  expect(message).toBe(
    '`User.value` changes from `text` to `integer`: SQLite keeps a value that is no number as it is, and Prisma Client fails to read the row.',
  );
  expect(text).toBe('"value" INTEGER');
  expect(level).toBe('medium');
  expect(precheck).toBe(
    `SELECT count(*) AS "rows" FROM "User" WHERE ltrim("value", '+-') = '' OR ltrim("value", '+-') GLOB '*[^0-9]*' HAVING count(*) > 0`,
  );
});

test.each([
  ['TEXT', 'REAL', 'is no number'],
  ['TEXT', 'BOOLEAN', 'is neither 0 nor 1'],
  ['TEXT', 'DATETIME', 'is no date'],
  ['BIGINT', 'INTEGER', 'is beyond 2147483647'],
  ['DATETIME', 'INTEGER', 'is a moment'],
])('%s as %s: a value that %s', async (from, to, what) => {
  expect(await say(table('User', from), redefine(to), sqlite)).toEqual([
    expect.stringContaining(`a value that ${what} `),
  ]);
});
