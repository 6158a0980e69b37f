import { expect, jest, test } from '@jest/globals';
import { driftTesting } from '../../../test/drift-testing.ts';
import { after, at, change, healthy } from '../../../test/healthy-project.ts';

jest.setTimeout(120_000);
const drift = await driftTesting('drift/weak-foreign-key');

const key = (name: string, rest: string): string =>
  `ALTER TABLE "posts" DROP CONSTRAINT "posts_author_id_fkey";\nALTER TABLE "posts" ADD CONSTRAINT "${name}" FOREIGN KEY ("author_id") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE ${rest};`;

test('is silent on keys that hold, and on one that was validated later', async () => {
  expect(await drift.findings(healthy)).toEqual([]);
  const later = `${key('posts_author_id_fkey', 'NOT VALID')} ALTER TABLE "posts" VALIDATE CONSTRAINT "posts_author_id_fkey";`;
  expect(await drift.findings(after(later))).toEqual([]);
});

test('names the relation and the statement, and validates', async () => {
  const project = after(key('posts_author_id_fkey', 'NOT VALID'));
  expect(await drift.findings(project)).toMatchObject([
    {
      subject: 'posts.posts_author_id_fkey',
      level: 'high',
      place: at('@relation(fields: [authorId]'),
      related: [`${change.replace(/1$/, '2')} created by 2_change`],
      message:
        'The foreign key `posts_author_id_fkey` on `author_id` of `posts` is NOT VALID, so rows from before it may point to what is not there.',
      fix: { safety: 'unsafe', sql: expect.stringContaining('VALIDATE CONSTRAINT "posts_author_id_fkey";') },
    },
  ]);
  expect(await drift.prove(project)).toEqual([]);
});

test.each([
  [
    key('posts_author_id_fkey', 'DEFERRABLE INITIALLY DEFERRED'),
    'safe',
    'ALTER TABLE "posts" ALTER CONSTRAINT "posts_author_id_fkey" NOT DEFERRABLE;',
  ],
  [key('posts_author_id_fkey', 'DEFERRABLE NOT VALID'), 'unsafe', 'VALIDATE CONSTRAINT'],
  [key('fk', 'DEFERRABLE'), 'safe', 'ADD CONSTRAINT "posts_author_id_fkey"'],
  ['ALTER TABLE "User" DISABLE TRIGGER ALL;', 'unsafe', 'ADD CONSTRAINT "posts_author_id_fkey"'],
])('%s', async (sql, safety, fix) => {
  const project = after(sql);
  const found = (await drift.findings(project)).filter(({ subject }) => subject.startsWith('posts.'));
  expect(found).toMatchObject([{ fix: { safety, sql: expect.stringContaining(fix) } }]);
  expect(await drift.prove(project)).toEqual([]);
});
