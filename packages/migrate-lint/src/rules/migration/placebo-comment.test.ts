import { expect, test } from '@jest/globals';
import { say } from '../../../test/migration-testing.ts';
import rule from './placebo-comment.ts';

test.each([
  ['another comment', '-- CreateIndex\nCREATE TABLE a (id integer);'],
  ['one that talks about it', '-- see why prisma-migrate-disable-next-transaction does nothing\nSELECT 1;'],
])('is silent of %s', async (_name, sql) => {
  expect(await say(rule, '', sql)).toEqual([]);
});

test('tells of each of them', async () => {
  const comment = '-- prisma-migrate-disable-next-transaction';
  expect(await say(rule, '', `${comment}\nSELECT 1;\r\n  ${comment}\r\nSELECT 2;`)).toEqual(
    Array(2).fill('No engine of Prisma knows this comment, so the file runs in the same transaction as without it.'),
  );
});
