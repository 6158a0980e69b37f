import { expect, test } from '@jest/globals';
import { findingsOf, withPrisma } from '../../../test/lock-rule-testing.ts';
import { say } from '../../../test/migration-testing.ts';
import rule from './explicit-lock.ts';

const tables = 'CREATE TABLE "a" ("id" integer PRIMARY KEY);\nCREATE TABLE "b" ("id" integer PRIMARY KEY);\n';
const together = (sql: string): string => `BEGIN;\n${sql}\nCOMMIT;`;

test.each(['ACCESS SHARE', 'ROW SHARE', 'ROW EXCLUSIVE', 'SHARE UPDATE EXCLUSIVE'])('is silent of %s', async mode => {
  expect(await say(rule, tables, together(`LOCK TABLE "a" IN ${mode} MODE;`))).toEqual([]);
});

test.each(['CREATE TABLE "c" ("id" integer);\nLOCK TABLE "c";', 'CREATE TEMP TABLE "c" ("id" integer);\nLOCK "c";'])(
  'is silent of %s',
  async sql => {
    expect(await say(rule, tables, together(sql))).toEqual([]);
  },
);

test.each([
  ['LOCK TABLE "a";', 'takes an ACCESS EXCLUSIVE lock on `a`, which blocks reads and writes', 'medium'],
  ['LOCK "a", "b" IN SHARE MODE NOWAIT;', 'takes SHARE locks on `a`, `b`, which block writes', 'low'],
  [
    'LOCK TABLE ONLY "a" IN SHARE ROW EXCLUSIVE MODE;',
    'takes a SHARE ROW EXCLUSIVE lock on `a`, which blocks writes',
    'low',
  ],
])('speaks of %s', async (sql, what, level) => {
  expect(await findingsOf(rule, tables, together(sql))).toMatchObject([
    { level, message: `LOCK TABLE ${what} until the transaction ends.` },
  ]);
});

test('fails outside of a transaction where Prisma makes none', async () => {
  const sql = 'LOCK TABLE "a";\nSELECT 1;';
  const fails = (version: string): string =>
    `LOCK TABLE fails here, because Prisma ${version} runs each statement by itself and Postgres refuses it outside of a transaction.`;
  expect(await say(rule, tables, sql, withPrisma('7.4.0'))).toEqual([fails('7.4.0')]);
  expect(await say(rule, tables, sql, withPrisma('7.3.0'))).toHaveLength(1);
  expect(await say(rule, tables, sql, withPrisma('7.3.0'))).not.toEqual([fails('7.3.0')]);
  expect(await say(rule, tables, together(sql), withPrisma('7.4.0'))).not.toEqual([fails('7.4.0')]);
});
