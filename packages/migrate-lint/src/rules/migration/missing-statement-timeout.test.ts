import { expect, jest, test } from '@jest/globals';
import { say } from '../../../test/migration-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './missing-statement-timeout.ts';

jest.setTimeout(120_000);
const { applied } = await rewriteTesting();

const users =
  'CREATE TABLE "User" ("id" integer PRIMARY KEY, "email" text);\nCREATE TABLE "Post" ("id" integer PRIMARY KEY);\n';
const scan = 'ALTER TABLE "User" ALTER COLUMN "email" SET NOT NULL;';
const next = (messages: readonly string[]) => messages.filter(message => !message.startsWith('before'));

test.each([
  ['what takes a moment', 'ALTER TABLE "User" ADD COLUMN "nickname" text;\nDROP TABLE "Post";'],
  ['new tables', 'CREATE TABLE "a" ("id" integer);\nCREATE INDEX ON "a"("id");\nALTER TABLE "a" ADD CHECK ("id" > 0);'],
  ['SET', `SET statement_timeout = '5min';\n${scan}`],
  ['NOT VALID', 'ALTER TABLE "User" ADD CONSTRAINT "c" CHECK ("id" > 0) NOT VALID;'],
  ['a DO block', `DO $$ BEGIN ${scan} END $$;`],
  ['a statement that has to be alone', 'CREATE INDEX CONCURRENTLY "i" ON "User"("email");'],
])('is silent of %s', async (_, sql) => {
  expect(next(await say(rule, users, sql))).toEqual([]);
});

test('is silent where an earlier migration sets it for the role', async () => {
  expect(await say(rule, `${users}ALTER ROLE "deploy" SET statement_timeout = '5min';`, scan)).toEqual([]);
});

test.each([
  scan,
  `SET lock_timeout = '5s';\n${scan}`,
  `SET statement_timeout = '0';\n${scan}\nALTER TABLE "Post" ADD CHECK ("id" > 0);`,
  'ALTER TABLE "User" ALTER COLUMN "email" TYPE integer USING 1;',
  'CREATE INDEX ON "User"("email");',
])('says it once of %s', async sql => {
  expect(await say(rule, users, sql)).toEqual([
    'This goes through all rows of `User` under a lock, and no `statement_timeout` limits how long.',
  ]);
});

test('speaks of a view that is made anew, and not of one that is emptied', async () => {
  const view = `${users}CREATE MATERIALIZED VIEW "seen" AS SELECT 1 AS "one";`;
  expect(await say(rule, view, 'REFRESH MATERIALIZED VIEW "seen" WITH NO DATA;')).toEqual([]);
  expect(await say(rule, view, 'REFRESH MATERIALIZED VIEW "seen";')).toHaveLength(1);
});

test('sets it above the first statement', async () => {
  const { files, said } = await applied(rule, users, `-- AlterTable\n${scan}\n`);
  expect(files).toEqual({ '2_next': `SET statement_timeout = '5min';\n\n-- AlterTable\n${scan}\n` });
  expect(said).toEqual([]);
});
