import { expect, jest, test } from '@jest/globals';
import { driftTesting } from '../../../test/drift-testing.ts';
import { after, at, change, healthy } from '../../../test/healthy-project.ts';

jest.setTimeout(120_000);
const drift = await driftTesting('drift/foreign-key-action-change');

const dropped = 'ALTER TABLE "posts" DROP CONSTRAINT "posts_author_id_fkey";\n';
const key = (name: string, rest: string): string =>
  `${dropped}ALTER TABLE "posts" ADD CONSTRAINT "${name}" FOREIGN KEY ("author_id") REFERENCES "User"("id") ${rest};`;

test('is silent where the actions agree, those of a relation that says none too', async () => {
  expect(await drift.findings(healthy)).toEqual([]);
});

test('names the relation and both actions, and makes the key anew', async () => {
  const project = after(key('posts_author_id_fkey', 'ON DELETE SET NULL'));
  expect(await drift.findings(project)).toMatchObject([
    {
      subject: 'posts.posts_author_id_fkey',
      level: 'high',
      place: at('@relation(fields: [authorId]'),
      related: [`${change.replace(/1$/, '2')} created by 2_change`],
      message:
        'The schema says that the foreign key on `author_id` of `posts` is `onDelete: Cascade, onUpdate: Cascade`, and it is `onDelete: SetNull, onUpdate: NoAction`.',
      fix: {
        safety: 'safe',
        sql: key('posts_author_id_fkey', 'ON DELETE CASCADE ON UPDATE CASCADE'),
      },
    },
  ]);
  expect(await drift.prove(project)).toEqual([]);
});

test('gives it the name of the schema as well', async () => {
  expect(await drift.prove(after(key('fk', 'ON DELETE RESTRICT NOT VALID')))).toEqual([]);
});
