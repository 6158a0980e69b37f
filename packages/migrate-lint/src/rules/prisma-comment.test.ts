import { expect, test } from '@jest/globals';
import { auditOf } from '../testing.ts';
import { prismaComment } from './prisma-comment.ts';

async function commentsOf(text: string): Promise<readonly (string | undefined)[]> {
  const project = { schema: 'model Nothing {\n  id Int @id\n}\n', migrations: { '1_init': text } };
  const { migrations } = await (await auditOf({ ...project, facts: ['migrations'] })).fact('migrations');
  return migrations.flatMap(({ statements }) => statements.map(prismaComment));
}

test('reads the line right above a statement', async () => {
  const text = `-- DropIndex
DROP INDEX "a";

-- CreateTable
CREATE TABLE "b" ("id" INTEGER);
CREATE TABLE "c" ("id" INTEGER);
-- by hand
DROP TABLE "b";
`;
  expect(await commentsOf(text)).toEqual(['DropIndex', 'CreateTable', undefined, undefined]);
  expect(await commentsOf(text.replaceAll('\n', '\r\n'))).toEqual(['DropIndex', 'CreateTable', undefined, undefined]);
});

test('looks over a suppression', async () => {
  const text = '-- DropIndex\n-- migrate-lint-ignore migration/blocking-index-drop -- small\nDROP INDEX "a";';
  expect(await commentsOf(text)).toEqual(['DropIndex']);
});

test('takes no other words for it', async () => {
  expect(await commentsOf('-- Drop\nSELECT 1; -- DropIndex\nSELECT 2;')).toEqual(['Drop', undefined]);
  expect(await commentsOf('-- drop the index\nDROP INDEX "a";')).toEqual([undefined]);
});
