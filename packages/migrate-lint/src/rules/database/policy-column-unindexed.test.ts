import { expect, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './policy-column-unindexed.ts';

const database = await databaseTesting(rule);
const table =
  'CREATE TABLE posts (id uuid PRIMARY KEY, author uuid, state text); ALTER TABLE posts ENABLE ROW LEVEL SECURITY;';
const own = 'CREATE POLICY own ON posts USING ((SELECT auth.uid()) = author);';

test.each([
  ['an index', `${own} CREATE INDEX ON posts (author, state);`],
  ['a partial index', `${own} CREATE INDEX ON posts (author) WHERE state = 'live';`],
  ['a hash index', `${own} CREATE INDEX ON posts USING hash (author);`],
  ['the primary key', 'CREATE POLICY own ON posts USING ((SELECT auth.uid()) = id);'],
  [
    'a foreign key, of which other rules speak',
    `${own} CREATE TABLE users (id uuid PRIMARY KEY); ALTER TABLE posts ADD FOREIGN KEY (author) REFERENCES users;`,
  ],
  ['another column that is indexed', `CREATE POLICY own ON posts USING (id = auth.uid() AND author = auth.uid());`],
  ['a constant', `CREATE POLICY live ON posts USING (state = 'live');`],
  ['one of several ways', `CREATE POLICY own ON posts USING ((SELECT auth.uid()) = author OR state = 'live');`],
  ['inserting', 'CREATE POLICY own ON posts FOR INSERT WITH CHECK ((SELECT auth.uid()) = author);'],
  ['a function of the column', 'CREATE POLICY own ON posts USING ((SELECT auth.uid())::text = lower(author::text));'],
])('is silent: %s', async (_name, sql) => {
  expect(await database.flagged(`${table} ${sql}`)).toEqual([]);
});

test('is silent where the schema has the relation', async () => {
  const schema = `model User {\n  id String @id @db.Uuid\n  posts Post[]\n  @@map("users")\n}\nmodel Post {\n  id String @id @db.Uuid\n  author String @db.Uuid\n  state String?\n  user User @relation(fields: [author], references: [id])\n  @@map("posts")\n}`;
  expect(await database.flagged(`${table} ${own}`, { schema })).toEqual([]);
});

test('names the column once, with its policies', async () => {
  const sql = `${table} ${own} CREATE POLICY edit ON posts FOR UPDATE USING (author = auth.uid() AND state = 'draft');`;
  expect(await database.findings(sql)).toMatchObject([
    {
      subject: 'posts.author',
      message:
        'The policies of `posts` compare `author` in every query and no index starts with it, so one that asks for nothing else that is indexed reads the whole table.',
      related: [{ message: 'policy edit' }, { message: 'policy own' }],
    },
  ]);
});

test.each([
  own,
  `CREATE TABLE members (org uuid, who uuid); CREATE POLICY org ON posts USING (author IN (SELECT org FROM members WHERE who = auth.uid()));`,
  `CREATE POLICY own ON posts FOR SELECT USING (state = 'live' AND author = current_setting('app.user')::uuid);`,
])('%s, and the fix', async sql => {
  expect(await database.prove(`${table} ${sql}`)).toEqual(['CREATE INDEX "posts_author_idx" ON "posts" ("author");']);
});
