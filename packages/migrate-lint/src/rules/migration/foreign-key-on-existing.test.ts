import { expect, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import rule from './foreign-key-on-existing.ts';

const { say, finding, rowsFound } = failTesting(rule);
const before = `CREATE TABLE "User" ("id" SERIAL PRIMARY KEY, "team" INTEGER);
CREATE TABLE "Post" ("id" SERIAL PRIMARY KEY, "authorId" INTEGER, "editorId" INTEGER NOT NULL);
ALTER TABLE "Post" ADD CONSTRAINT "Post_editorId_fkey" FOREIGN KEY ("editorId") REFERENCES "User"("id") ON DELETE CASCADE;`;
const author =
  'ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE SET NULL;';
const key = (column: string): string =>
  `ALTER TABLE "Post" ADD CONSTRAINT "k" FOREIGN KEY ("${column}") REFERENCES "User"("id");`;

test.each([
  [
    'a new table',
    'CREATE TABLE "A" ("b" INTEGER); ALTER TABLE "A" ADD CONSTRAINT "k" FOREIGN KEY ("b") REFERENCES "User"("id");',
  ],
  ['a new column that stays NULL', `ALTER TABLE "Post" ADD COLUMN "n" INTEGER; ${key('n')}`],
  ['a new column with its key', 'ALTER TABLE "Post" ADD COLUMN "n" INTEGER REFERENCES "User"("id");'],
  ['a required column, which needs an empty table', `ALTER TABLE "Post" ADD COLUMN "n" INTEGER NOT NULL; ${key('n')}`],
  [
    'a key that is made again with another action',
    `ALTER TABLE "Post" DROP CONSTRAINT "Post_editorId_fkey"; ${key('editorId')}`,
  ],
  [
    'a key that is made again in one statement',
    'ALTER TABLE "Post" DROP CONSTRAINT "Post_editorId_fkey", ADD CONSTRAINT "k" FOREIGN KEY ("editorId") REFERENCES "User"("id");',
  ],
  [
    'a key that is made again under new names',
    'ALTER TABLE "Post" DROP CONSTRAINT "Post_editorId_fkey"; ALTER TABLE "User" RENAME TO "Member"; ALTER TABLE "Post" RENAME COLUMN "editorId" TO "memberId"; ALTER TABLE "Post" ADD CONSTRAINT "k" FOREIGN KEY ("memberId") REFERENCES "Member"("id");',
  ],
  ['NOT VALID', author.replace(';', ' NOT VALID;')],
  ['orphans that are deleted', `DELETE FROM "Post" WHERE "authorId" NOT IN (SELECT "id" FROM "User"); ${author}`],
  [
    'orphans that are set to NULL',
    `UPDATE "Post" SET "authorId" = NULL WHERE "authorId" NOT IN (SELECT "id" FROM "User"); ${author}`,
  ],
  [
    'a column filled from the other table',
    `ALTER TABLE "Post" ADD COLUMN "n" INTEGER; UPDATE "Post" SET "n" = (SELECT min("id") FROM "User"); ${key('n')}`,
  ],
  ['an emptied table', `TRUNCATE "Post"; ${author}`],
  ['a condition', `DO $$ BEGIN IF true THEN ${author} END IF; END $$;`],
])('is silent for %s', async (_case, sql) => {
  expect(await say(before, sql)).toEqual([]);
});

const notThere = '`k` fails when a row of `Post` points at a `User` that is not there.';
test.each([
  [
    'a column that was there',
    author,
    '`Post_authorId_fkey` fails when a row of `Post` points at a `User` that is not there.',
    'medium',
  ],
  ['one value for all', `ALTER TABLE "Post" ADD COLUMN "n" INTEGER DEFAULT 1; ${key('n')}`, notThere, 'medium'],
  [
    'a column filled from anywhere',
    `ALTER TABLE "Post" ADD COLUMN "n" INTEGER; UPDATE "Post" SET "n" = "id"; ${key('n')}`,
    notThere,
    'medium',
  ],
  [
    'another table than before',
    'ALTER TABLE "Post" DROP CONSTRAINT "Post_editorId_fkey", ADD CONSTRAINT "k" FOREIGN KEY ("editorId") REFERENCES "Post"("id");',
    '`k` fails when a row of `Post` points at a `Post` that is not there.',
    'medium',
  ],
  [
    'a new table that is filled',
    'CREATE TABLE "Team" ("id" INTEGER PRIMARY KEY); INSERT INTO "Team" SELECT DISTINCT "team" FROM "User"; ALTER TABLE "User" ADD CONSTRAINT "k" FOREIGN KEY ("team") REFERENCES "Team"("id");',
    '`k` fails when a row of `User` points at a `Team` that is not there.',
    'medium',
  ],
  [
    'a new table that a function fills',
    `CREATE TABLE "Team" ("id" INTEGER PRIMARY KEY);
CREATE FUNCTION fill() RETURNS void LANGUAGE sql AS $$ INSERT INTO "Team" SELECT DISTINCT "team" FROM "User" $$;
SELECT fill();
ALTER TABLE "User" ADD CONSTRAINT "k" FOREIGN KEY ("team") REFERENCES "Team"("id");`,
    '`k` fails when a row of `User` points at a `Team` that is not there.',
    'medium',
  ],
  [
    'a new table that stays empty',
    'CREATE TABLE "Team" ("id" INTEGER PRIMARY KEY); ALTER TABLE "User" ADD CONSTRAINT "k" FOREIGN KEY ("team") REFERENCES "Team"("id");',
    '`k` fails as soon as a row of `User` has a value in `team`, for `Team` is new and empty.',
    'high',
  ],
])('speaks of %s', async (_case, sql, message, level) => {
  expect(await finding(before, sql)).toMatchObject({ message, level });
});

test('leaves NOT VALID to VALIDATE', async () => {
  const sql = `${author.replace(';', ' NOT VALID;')}\nALTER TABLE "Post" VALIDATE CONSTRAINT "Post_authorId_fkey";`;
  expect(await finding(before, sql)).toMatchObject({ level: 'low', text: 'VALIDATE CONSTRAINT "Post_authorId_fkey"' });
});

test.each([
  author,
  `${author.replace(';', ' NOT VALID;')} ALTER TABLE "Post" VALIDATE CONSTRAINT "Post_authorId_fkey";`,
])('finds the orphans of %s', async sql => {
  const rows = (authors: string): string =>
    `INSERT INTO "User" DEFAULT VALUES; INSERT INTO "Post" ("authorId", "editorId") VALUES ${authors}`;
  expect(await rowsFound(before, sql, rows('(1, 1), (NULL, 1)'))).toEqual({ found: [], runs: true });
  expect(await rowsFound(before, sql, rows('(1, 1), (7, 1), (7, 1)'))).toEqual({
    found: [{ authorId: 7, rows: 2 }],
    runs: false,
  });
});

test('finds the values that point at a new table', async () => {
  const sql =
    'CREATE TABLE "Team" ("id" INTEGER PRIMARY KEY); ALTER TABLE "User" ADD CONSTRAINT "k" FOREIGN KEY ("team") REFERENCES "Team"("id");';
  expect(await rowsFound(before, sql, 'INSERT INTO "User" ("team") VALUES (NULL)')).toEqual({ found: [], runs: true });
  expect(await rowsFound(before, sql, 'INSERT INTO "User" ("team") VALUES (3)')).toEqual({
    found: [{ team: 3, rows: 1 }],
    runs: false,
  });
});

test('compares several columns, and a table with itself', async () => {
  const pairs = 'CREATE TABLE "Node" ("tenant" INTEGER, "id" INTEGER, "parent" INTEGER, PRIMARY KEY ("tenant", "id"));';
  const sql =
    'ALTER TABLE "Node" ADD CONSTRAINT "k" FOREIGN KEY ("tenant", "parent") REFERENCES "Node"("tenant", "id");';
  expect(await rowsFound(pairs, sql, 'INSERT INTO "Node" VALUES (1, 1, NULL), (1, 2, 1)')).toEqual({
    found: [],
    runs: true,
  });
  expect(await rowsFound(pairs, sql, 'INSERT INTO "Node" VALUES (1, 1, NULL), (2, 2, 1)')).toEqual({
    found: [{ tenant: 2, parent: 1, rows: 1 }],
    runs: false,
  });
});
