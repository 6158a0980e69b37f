import { describe, expect, test } from '@jest/globals';
import { fixed, flagged, say, schemaOf } from '../../../test/rule.ts';
import type { Catalog, Migrations } from '@migrate-lint/core';
import { testRule } from '@migrate-lint/core/testing';
import rule from './unindexed-foreign-key.ts';

const post = (rest: string): string => `
model User {
  id    Int    @id
  posts Post[]
}
model Post {
  id       Int  @id
  slug     Int
  author   User @relation(fields: [authorId], references: [id])
  authorId Int
  ${rest}
}`;
const compound = (rest: string): string => `
model Account {
  id     Int
  userId Int
  orders Order[]
  @@id([id, userId])
}
model Order {
  id            Int     @id
  account       Account @relation(fields: [accountId, accountUserId], references: [id, userId])
  accountId     Int
  accountUserId Int
  ${rest}
}`;

describe('speaks', () => {
  test('of a foreign key without an index, and names both models', () => {
    expect(say(rule, post(''))).toEqual([
      'Post.author: No index of `Post` starts with `authorId`, so a delete in `User` and a join on `author` read the whole table.',
    ]);
  });
  test.each([
    ['an index that has the column second', '@@index([slug, authorId])'],
    ['a Gin index', '@@index([authorId], type: Gin)'],
    ['a partial index', '@@index([authorId], where: raw("slug > 0"))'],
    [
      'a partial index with a further condition',
      '@@index([authorId], where: raw("\\"authorId\\" IS NOT NULL AND slug > 0"))',
    ],
  ])('when there is only %s', (_, index) => {
    expect(flagged(rule, post(index))).toEqual(['Post.author']);
  });
  test('as medium when a compound key has an index on only one of its columns', () => {
    expect(say(rule, compound('@@index([accountId])'))).toEqual([
      'Order.account: No index of `Order` starts with `accountId, accountUserId`, so a delete in `Account` and a join on `account` read all rows of one `accountId`.',
    ]);
  });
  test('on MySQL when the database has no foreign keys', () => {
    expect(flagged(rule, post(''), { provider: 'mysql', relationMode: 'prisma' })).toEqual(['Post.author']);
  });
});

describe('is silent', () => {
  test.each([
    ['an index', '@@index([authorId])'],
    ['an index that starts with the column', '@@index([authorId, slug])'],
    ['a Hash index', '@@index([authorId], type: Hash)'],
    ['a partial index of all keys', '@@index([authorId], where: raw("\\"authorId\\" IS NOT NULL"))'],
    ['the same as Prisma says it', '@@index([authorId], where: { authorId: { not: null } })'],
    ['a descending index', '@@index([authorId(sort: Desc)])'],
    ['a compound unique that starts with it', '@@unique([authorId, slug])'],
  ])('with %s', (_, index) => {
    expect(flagged(rule, post(index))).toEqual([]);
  });
  test('with a one-to-one relation and with the key as the id', () => {
    const text = `
model User {
  id      Int      @id
  profile Profile?
}
model Profile {
  userId Int  @id
  user   User @relation(fields: [userId], references: [id])
}`;
    expect(flagged(rule, text)).toEqual([]);
    expect(flagged(rule, text.replace('@id\n  user ', '@unique\n  user '))).toEqual([]);
  });
  test.each([
    '@@index([accountId, accountUserId])',
    '@@index([accountUserId, accountId, id])',
    '@@unique([accountUserId])',
  ])('with %s for a compound key', index => {
    expect(flagged(rule, compound(index))).toEqual([]);
  });
  test.each(['@@index([accountId])', '@@index([accountId], type: Hash)', '@@unique([accountId, id])'])(
    'with %s for a compound key of which the column is a generated id',
    index => {
      expect(flagged(rule, compound(index).replace('id     Int\n', 'id     Int @default(autoincrement())\n'))).toEqual(
        [],
      );
    },
  );
  test('where the migrations make the index, or a view of the model, or dropped the key', () => {
    const schema = schemaOf(post(''));
    const columns = [{ name: 'id' }, { name: 'authorId' }];
    const index = (name: string) => ({ covers: (names: readonly string[]) => names.join() === name });
    const withIndex = (name: string) => ({
      tables: [{ name: 'Post', schema: 'public', columns, indexes: [index(name)] }],
    });
    const database = (name: string) => withIndex(name) as unknown as Catalog;
    const migrations = {
      lastTouch: (kind: string, path: string) =>
        kind === 'view' && path === 'Post' ? { action: 'created' } : undefined,
    };
    expect(testRule(rule, { facts: { schema, database: database('authorId') } })).toEqual([]);
    expect(testRule(rule, { facts: { schema, database: database('slug') } })).toHaveLength(1);
    expect(testRule(rule, { facts: { schema, migrations: migrations as unknown as Migrations } })).toEqual([]);
    const dropped = {
      lastTouch: (kind: string, path: string) =>
        kind === 'constraint' && path === 'Post.Post_authorId_fkey' ? { action: 'dropped' } : undefined,
    };
    expect(testRule(rule, { facts: { schema, migrations: dropped as unknown as Migrations } })).toEqual([]);
  });
  test('on MySQL, which indexes foreign keys itself', () => {
    expect(flagged(rule, post(''), { provider: 'mysql' })).toEqual([]);
  });
  test('of an ignored model and of a view that is written as a model', () => {
    expect(flagged(rule, post('@@ignore').replace('posts Post[]', 'posts Post[] @ignore'))).toEqual([]);
    expect(flagged(rule, post('').replace('model Post', '/// @view\nmodel Post'))).toEqual([]);
  });
});

test('the fix gives the index another name than the one that does not serve', async () => {
  expect(await fixed(rule, post('@@index([authorId], type: Brin)'))).toContain(
    '@@index([authorId], map: "Post_authorId_btree_idx")',
  );
});

test('the fix adds the index', async () => {
  expect(await fixed(rule, post(''))).toContain('@@index([authorId])');
  expect(await fixed(rule, compound(''))).toContain('@@index([accountId, accountUserId])');
});
