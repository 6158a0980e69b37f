import { expect, test } from '@jest/globals';
import { say } from '../../../test/migration-testing.ts';
import rule from './set-logged.ts';

const tables = 'CREATE TABLE "orders" ("id" integer);\nCREATE UNLOGGED TABLE "imports" ("id" integer);\n';

test.each([
  ['a table that is logged', tables, 'ALTER TABLE "orders" SET LOGGED;'],
  ['a table that is not', tables, 'ALTER TABLE "imports" SET UNLOGGED;'],
  ['a table that has become it', `${tables}ALTER TABLE "imports" SET LOGGED;`, 'ALTER TABLE "imports" SET LOGGED;'],
  ['a new table', 'SELECT 1;', `${tables}ALTER TABLE "imports" SET LOGGED;`],
])('is silent of %s', async (_, before, sql) => {
  expect((await say(rule, before, sql)).filter(message => !message.startsWith('before: '))).toEqual([]);
});

const copy = 'anew under an ACCESS EXCLUSIVE lock, which blocks reads and writes until it is done';

test.each([
  ['ALTER TABLE "imports" SET LOGGED;', `SET LOGGED writes all of \`imports\` ${copy}.`],
  [
    'ALTER TABLE "orders" SET UNLOGGED;',
    `SET UNLOGGED writes all of \`orders\` ${copy}, and a crash empties the table from then on.`,
  ],
  ['ALTER TABLE "elsewhere" SET LOGGED;', `SET LOGGED writes all of \`elsewhere\` ${copy}.`],
])('speaks of %s', async (sql, message) => {
  expect(await say(rule, tables, sql)).toEqual([message]);
});
