import { expect, test } from '@jest/globals';
import { findingsOf } from '../../../test/lock-rule-testing.ts';
import { say } from '../../../test/migration-testing.ts';
import rule from './collation-change.ts';

const users = 'CREATE TABLE "users" ("id" integer PRIMARY KEY, "name" varchar(10), "code" text COLLATE "C");\n';
const indexes = 'CREATE INDEX "names" ON "users"("name");\nCREATE INDEX "codes" ON "users"("code");';
const byBytes = 'ALTER TABLE "users" ALTER COLUMN "name" TYPE varchar(10) COLLATE "C";';

test.each([
  ['a column without an index', users, byBytes],
  ['the same collation', `${users}${indexes}`, 'ALTER TABLE "users" ALTER COLUMN "code" TYPE text COLLATE "C";'],
  ['no collation before and after', `${users}${indexes}`, 'ALTER TABLE "users" ALTER COLUMN "name" TYPE text;'],
  [
    'the default by its name',
    `${users}${indexes}`,
    'ALTER TABLE "users" ALTER COLUMN "name" TYPE text COLLATE "default";',
  ],
  ['a type that writes the table', `${users}${indexes}`, 'ALTER TABLE "users" ALTER COLUMN "code" TYPE varchar(3);'],
  ['a new table', 'SELECT 1;', `${users}${indexes}${byBytes}`],
])('is silent of %s', async (_, before, sql) => {
  expect(await say(rule, before, sql)).toEqual([]);
});

test.each([
  ['name', byBytes],
  ['code', 'ALTER TABLE "users" ALTER COLUMN "code" TYPE text;'],
  ['code', 'ALTER TABLE "users" ALTER COLUMN "code" TYPE text COLLATE "POSIX";'],
])('speaks of %s by %s', async (column, sql) => {
  expect(await findingsOf(rule, `${users}${indexes}`, sql)).toMatchObject([
    {
      level: 'high',
      message: `Changing the collation of \`users.${column}\` builds \`${column}s\` anew under an ACCESS EXCLUSIVE lock on \`users\`, which blocks reads and writes until it is done.`,
    },
  ]);
});
