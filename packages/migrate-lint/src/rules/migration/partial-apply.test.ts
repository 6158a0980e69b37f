import { expect, test } from '@jest/globals';
import { say } from '../../../test/migration-testing.ts';
import rule from './partial-apply.ts';

const before = 'CREATE TABLE users (id integer PRIMARY KEY, email text);';
const teams = 'CREATE TABLE teams (id integer PRIMARY KEY);';
const unique = 'CREATE UNIQUE INDEX users_email_key ON users (email);';
const prisma = '7.10.0';

test.each([
  ['a transaction', `BEGIN; ${teams} ${unique} COMMIT;`],
  ['the doubtful one in front', `${unique} ${teams}`],
  ['what may run again', `CREATE TABLE IF NOT EXISTS teams (id integer); ${unique}`],
  ['a SET', `SET lock_timeout = '1s'; ${unique}`],
  ['a plain index', `${teams} CREATE INDEX users_email_idx ON users (email);`],
  ['a new table', `${teams} CREATE UNIQUE INDEX teams_key ON teams (id);`],
  ['one that is in no transaction', `${teams} CREATE UNIQUE INDEX CONCURRENTLY users_email_key ON users (email);`],
])('is silent of %s', async (_name, sql) => {
  expect(await say(rule, before, sql, { prisma })).toEqual([]);
});

test.each([undefined, '7.3.0', '6.19.1'])('is silent of Prisma %s', async version => {
  expect(await say(rule, before, `${teams} ${unique}`, version === undefined ? {} : { prisma: version })).toEqual([]);
});

test.each([
  ['a unique', unique],
  ['NOT NULL', 'ALTER TABLE users ALTER COLUMN email SET NOT NULL;'],
  ['a foreign key', 'ALTER TABLE users ADD CONSTRAINT fk FOREIGN KEY (id) REFERENCES teams (id);'],
])('tells of %s behind a table that stays', async (_name, sql) => {
  expect(await say(rule, before, `${teams} ${sql}`, { prisma })).toEqual([
    'When this statement finds rows that do not fit, what stands above it in `2_next` stays, and the migration cannot run again.',
  ]);
});
