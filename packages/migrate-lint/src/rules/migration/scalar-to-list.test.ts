import { expect, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './scalar-to-list.ts';

const { say, finding, rowsFound, codeOf } = failTesting(rule);
const { applied } = await rewriteTesting();
const before = `CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN');
CREATE TABLE "User" ("id" SERIAL PRIMARY KEY, "tag" TEXT, "n" INTEGER, "role" "Role" NOT NULL DEFAULT 'USER', "old" "Role", "tags" TEXT[]);`;
const change = (column: string, type: string, using = ''): string =>
  `ALTER TABLE "User" ALTER COLUMN "${column}" SET DATA TYPE ${type}${using};`;

test.each([
  ['a USING that makes the list', change('tag', 'TEXT[]', ' USING ARRAY["tag"]')],
  ['a USING that splits', change('tag', 'TEXT[]', ` USING string_to_array("tag", ',')`)],
  ['a list of other elements', change('tags', 'INTEGER[]', ' USING "tags"::integer[]')],
  ['a column that is dropped and added', 'ALTER TABLE "User" DROP COLUMN "tag", ADD COLUMN "tag" TEXT[];'],
  ['a column that no statement made', 'ALTER TABLE "Other" ALTER COLUMN "a" TYPE TEXT[];'],
  ['a condition', `DO $$ BEGIN IF true THEN ${change('tag', 'TEXT[]')} END IF; END $$;`],
  [
    'a cast of a new column',
    'ALTER TABLE "User" ADD COLUMN "x" TEXT; ALTER TABLE "User" ALTER COLUMN "x" TYPE TEXT[] USING "x"::text[];',
  ],
])('is silent for %s', async (_case, sql) => {
  expect(await say(before, sql)).toEqual([]);
});

test.each([
  [
    change('tag', 'TEXT[]'),
    '42804',
    '`User.tag` becomes a list, from `text` to `text[]`, without USING, so the migration fails whatever is in the table.',
  ],
  [
    change('old', '"Role"[]'),
    '42804',
    '`User.old` becomes a list, from `"Role"` to `"Role"[]`, without USING, so the migration fails whatever is in the table.',
  ],
  [
    change('n', 'INTEGER[]', ' USING "n"::integer[]'),
    '42846',
    '`User.n` becomes a list, from `integer` to `integer[]`, by a cast that Postgres does not have, so the migration fails whatever is in the table.',
  ],
  [
    change('role', '"Role"[]', ' USING ARRAY["role"]'),
    '42804',
    '`User.role` becomes a list, from `"Role"` to `"Role"[]`, while it has a default that is none, so the migration fails whatever is in the table.',
  ],
])('says what always fails: %s', async (sql, code, message) => {
  expect(await finding(before, sql)).toMatchObject({ message, level: 'critical' });
  expect(await codeOf(before, sql)).toBe(code);
});

test('finds the texts that are no lists', async () => {
  const sql = change('tag', 'TEXT[]', ' USING "tag"::text[]');
  expect((await finding(before, sql)).level).toBe('high');
  expect(await rowsFound(before, sql, `INSERT INTO "User" ("tag") VALUES ('{a,b}'), (NULL)`)).toEqual({
    found: [],
    runs: true,
  });
  expect(await rowsFound(before, sql, `INSERT INTO "User" ("tag") VALUES ('a')`)).toEqual({
    found: [{ value: 'a', rows: 1 }],
    runs: false,
  });
});

test.each([
  [
    change('tag', 'TEXT[]'),
    `ALTER TABLE "User" ALTER COLUMN "tag" SET DATA TYPE TEXT[] USING array_remove(ARRAY["tag"], NULL)::text[];`,
  ],
  [
    change('tag', 'INTEGER[]', ' USING "tag"::integer[]'),
    `ALTER TABLE "User" ALTER COLUMN "tag" SET DATA TYPE INTEGER[] USING array_remove(ARRAY["tag"], NULL)::integer[];`,
  ],
  [
    change('role', '"Role"[]'),
    `ALTER TABLE "User" ALTER COLUMN "role" DROP DEFAULT;
ALTER TABLE "User" ALTER COLUMN "role" SET DATA TYPE "Role"[] USING array_remove(ARRAY["role"], NULL)::"Role"[];
ALTER TABLE "User" ALTER COLUMN "role" SET DEFAULT ARRAY['USER']::"Role"[];`,
  ],
])('makes a list of %s', async (sql, expected) => {
  const { files, said } = await applied(rule, before, sql);
  expect(files['2_next']).toBe(expected);
  expect(said).toEqual([]);
});

test('makes an empty list of NULL', async () => {
  const { files } = await applied(rule, before, change('tag', 'TEXT[]'));
  const check = `DO $$ BEGIN ASSERT (SELECT array_agg("tag"::text ORDER BY "id") FROM "User") = ARRAY['{a}', '{}']; END $$`;
  expect(
    await codeOf(before, `INSERT INTO "User" ("tag") VALUES ('a'), (NULL)`, files['2_next'] ?? '', check),
  ).toBeUndefined();
});
