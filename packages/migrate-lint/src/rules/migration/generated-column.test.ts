import { expect, test } from '@jest/globals';
import { findingsOf } from '../../../test/lock-rule-testing.ts';
import { say } from '../../../test/migration-testing.ts';
import rule from './generated-column.ts';

const posts = 'CREATE TABLE "posts" ("id" integer PRIMARY KEY, "body" text NOT NULL);';
const twice = 'integer GENERATED ALWAYS AS ("id" * 2)';

test.each([
  ['a plain column', 'ALTER TABLE "posts" ADD COLUMN "a" integer;'],
  ['a virtual column', `ALTER TABLE "posts" ADD COLUMN "a" ${twice} VIRTUAL;`],
  ['identity', 'ALTER TABLE "posts" ADD COLUMN "a" integer GENERATED ALWAYS AS IDENTITY;'],
  ['a new table', `CREATE TABLE "b" ("id" integer);\nALTER TABLE "b" ADD COLUMN "a" ${twice} STORED;`],
])('is silent of %s', async (_, sql) => {
  expect(await say(rule, posts, sql)).toEqual([]);
});

test('speaks of a stored one', async () => {
  expect(await findingsOf(rule, posts, `ALTER TABLE "posts" ADD COLUMN "a" ${twice} STORED;`)).toMatchObject([
    {
      level: 'high',
      message:
        'Adding the stored generated column `posts.a` writes all of `posts` anew under an ACCESS EXCLUSIVE lock, which blocks reads and writes until it is done.',
    },
  ]);
});

test('speaks once of what one statement writes', async () => {
  const sql = `ALTER TABLE "posts" ADD COLUMN "a" ${twice} STORED, ADD COLUMN "b" ${twice} STORED;`;
  expect(await say(rule, posts, sql)).toEqual([
    'Adding the stored generated columns `posts.a` and `posts.b` writes all of `posts` anew under an ACCESS EXCLUSIVE lock, which blocks reads and writes until it is done.',
  ]);
});
