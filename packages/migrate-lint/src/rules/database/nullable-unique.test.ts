import { expect, jest, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './nullable-unique.ts';

jest.setTimeout(120_000);
const database = await databaseTesting(rule);

const folders =
  'CREATE TABLE "folders" ("id" bigint PRIMARY KEY, "parent_id" bigint REFERENCES "folders"("id"), "owner_id" bigint NOT NULL, "name" text NOT NULL, "slug" text, "external_id" text, "provider" text NOT NULL, "bot_id" bigint);\n';
const unique = 'CREATE UNIQUE INDEX "u" ON "folders"("parent_id", lower("name"));';

test.each([
  ['columns that are all required', 'CREATE UNIQUE INDEX ON "folders"("owner_id", "name");'],
  ['one column', 'CREATE UNIQUE INDEX ON "folders"("parent_id");'],
  ['NULLS NOT DISTINCT', 'CREATE UNIQUE INDEX ON "folders"("parent_id", "name") NULLS NOT DISTINCT;'],
  ['a partial unique', 'CREATE UNIQUE INDEX ON "folders"("parent_id", "name") WHERE "parent_id" IS NOT NULL;'],
  ['coalesce', 'CREATE UNIQUE INDEX ON "folders"(coalesce("parent_id", 0), "name");'],
  ['an index that is no unique', 'CREATE INDEX ON "folders"("parent_id", "name");'],
  ['columns that are all optional', 'CREATE UNIQUE INDEX ON "folders"("parent_id", "bot_id");'],
  ['an optional name of the row itself', 'CREATE UNIQUE INDEX ON "folders"("owner_id", lower("slug"));'],
  ['an optional id of another system', 'CREATE UNIQUE INDEX ON "folders"("owner_id", "external_id");'],
  [
    'a partial unique beside it',
    `${unique} CREATE UNIQUE INDEX ON "folders"(lower("name")) WHERE "parent_id" IS NULL;`,
  ],
  [
    'another unique',
    `${unique} CREATE UNIQUE INDEX ON "folders"("owner_id", "name"); CREATE UNIQUE INDEX "v" ON "folders"("bot_id", "name");`.replace(
      unique,
      '',
    ),
  ],
  [
    'two choices',
    `CREATE UNIQUE INDEX ON "folders"("owner_id", "parent_id"); CREATE UNIQUE INDEX ON "folders"("owner_id", "bot_id");`,
  ],
  ['a CHECK', `${unique} ALTER TABLE "folders" ADD CHECK ("parent_id" IS NOT NULL);`],
])('is silent on %s', async (_, sql) => {
  expect(await database.flagged(folders + sql)).toEqual([]);
});

test.each([
  ['plain columns', 'CREATE UNIQUE INDEX "u" ON "folders"("parent_id", "name");'],
  ['a constraint', 'ALTER TABLE "folders" ADD CONSTRAINT "u" UNIQUE ("parent_id", "name");'],
  ['an expression', unique],
  ['a CHECK that was not validated', `${unique} ALTER TABLE "folders" ADD CHECK ("parent_id" IS NOT NULL) NOT VALID;`],
])('tells %s, and ends with its fix', async (_, sql) => {
  expect(await database.flagged(folders + sql)).toEqual(['folders.u']);
  const [fix] = await database.prove(folders + sql);
  expect(fix).toMatch(/NULLS NOT DISTINCT;$/);
});

test('says what may repeat', async () => {
  expect(await database.say(folders + unique)).toEqual([
    'folders.u: Any number of rows of `folders` with NULL in `parent_id` may repeat the same `lower(name)`, because a unique never sees two NULLs as equal.',
  ]);
});

test('wants the id where its system is required, and offers no SQL for it', async () => {
  const sql = `${folders}CREATE UNIQUE INDEX "u" ON "folders"("provider", "external_id");`;
  expect(await database.findings(sql)).toMatchObject([{ subject: 'folders.u', fix: null }]);
});

test('leaves uniques of the schema to its rule, and extra ones to drift', async () => {
  const plain = 'CREATE UNIQUE INDEX "u" ON "folders"("parent_id", "name");';
  const schema = (more: string): string => `model folders {
  id          BigInt    @id
  parent_id   BigInt?
  owner_id    BigInt
  name        String
  slug        String?
  external_id String?
  provider    String
  bot_id      BigInt?
  parent      folders?  @relation("tree", fields: [parent_id], references: [id])
  children    folders[] @relation("tree")
  ${more}
}`;
  const said = schema('\n  @@unique([parent_id, name], map: "u")');
  expect(await database.flagged(folders + plain, { schema: said })).toEqual([]);
  expect(await database.flagged(folders + plain, { schema: schema('') })).toEqual([]);
  expect(await database.flagged(folders + unique, { schema: schema('') })).toEqual(['folders.u']);
});
