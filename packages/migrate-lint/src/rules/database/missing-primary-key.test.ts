import { expect, jest, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './missing-primary-key.ts';

jest.setTimeout(120_000);
const database = await databaseTesting(rule);

test.each([
  ['a table with one', 'CREATE TABLE "rows" ("source" text, "line" int, PRIMARY KEY ("source", "line"));'],
  [
    'an implicit join table',
    'CREATE TABLE "_AToB" ("A" int NOT NULL, "B" int NOT NULL); CREATE UNIQUE INDEX ON "_AToB"("A", "B");',
  ],
  ['copies of the books of Prisma', 'CREATE TABLE "_prisma_migrations_old" ("id" text);'],
  [
    'a partition',
    'CREATE TABLE "p" ("id" int PRIMARY KEY) PARTITION BY RANGE ("id"); CREATE TABLE "p1" PARTITION OF "p" DEFAULT;',
  ],
  ['views', 'CREATE VIEW "v" AS SELECT 1 AS one; CREATE MATERIALIZED VIEW "m" AS SELECT 1 AS one;'],
])('is silent on %s', async (_, sql) => {
  expect(await database.flagged(sql)).toEqual([]);
});

test('leaves tables of models to the schema and to drift', async () => {
  const schema = 'model rows {\n  source String @unique\n}\n';
  expect(await database.flagged('CREATE TABLE "rows" ("source" text NOT NULL UNIQUE);', { schema })).toEqual([]);
});

test('gives a table without any key a number', async () => {
  const sql = 'CREATE TABLE "rows" ("source" text NOT NULL, "line" int);';
  expect(await database.say(sql)).toEqual([
    'rows: `rows` has no primary key, so nothing says which row an update or a replica means.',
  ]);
  await database.prove(sql);
});

test.each([
  ['index', 'CREATE UNIQUE INDEX "key" ON "rows"("source");', 'safe', 'ADD PRIMARY KEY USING INDEX "key"'],
  [
    'constraint',
    'ALTER TABLE "rows" ADD CONSTRAINT "key" UNIQUE ("source");',
    'unsafe',
    'DROP CONSTRAINT "key", ADD PRIMARY KEY ("source")',
  ],
])('makes the unique %s that is there the key', async (_, unique, safety, action) => {
  const sql = `CREATE TABLE "rows" ("source" text NOT NULL, "line" int);\n${unique}`;
  expect(await database.findings(sql)).toMatchObject([
    {
      message:
        '`rows` has no primary key, although `source` tells its rows apart, so nothing says which row an update or a replica means.',
      fix: { safety, sql: `ALTER TABLE "rows" ${action};` },
    },
  ]);
  await database.prove(sql);
});

test.each([
  ['a unique that lets NULL in', 'CREATE TABLE "rows" ("source" text UNIQUE);'],
  [
    'a partial one',
    'CREATE TABLE "rows" ("source" text NOT NULL); CREATE UNIQUE INDEX ON "rows"("source") WHERE "source" > $$a$$;',
  ],
  ['a column that is called id', 'CREATE TABLE "rows" ("id" int);'],
  ['a partitioned table', 'CREATE TABLE "rows" ("at" date) PARTITION BY RANGE ("at");'],
])('%s is no key', async (_, sql) => {
  expect(await database.flagged(sql)).toEqual(['rows']);
});

test('a key that a foreign key needs is not taken away', async () => {
  const sql = `CREATE TABLE "rows" ("source" text NOT NULL UNIQUE);
CREATE TABLE "parts" ("id" int PRIMARY KEY, "source" text REFERENCES "rows"("source"));`;
  expect(await database.findings(sql)).toMatchObject([
    { fix: { title: 'Make `source` the primary key of `rows`', sql: null } },
  ]);
});
