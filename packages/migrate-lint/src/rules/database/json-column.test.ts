import { expect, jest, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './json-column.ts';

jest.setTimeout(120_000);
const database = await databaseTesting(rule);

const table = (columns: string): string => `CREATE TABLE "hooks" ("id" bigint PRIMARY KEY, ${columns});`;

test.each([
  ['jsonb', '"payload" jsonb'],
  [
    'text that is kept letter by letter',
    '"raw_payload" json, "signed_body" json, "original" json, "input_schema" json',
  ],
])('is silent on %s', async (_, columns) => {
  expect(await database.flagged(table(columns))).toEqual([]);
});

test('is silent where the comment says so', async () => {
  const sql = `${table('"payload" json')} COMMENT ON COLUMN "hooks"."payload" IS 'kept as-is for the signature';`;
  expect(await database.flagged(sql)).toEqual([]);
});

test('leaves columns of models to the schema', async () => {
  const schema = 'model hooks {\n  id      BigInt @id\n  payload Json?  @db.Json\n}\n';
  expect(await database.flagged(table('"payload" json'), { schema })).toEqual([]);
});

test('tells json, and makes it jsonb with its default', async () => {
  const sql = table(`"payload" json NOT NULL DEFAULT '{"a": 1}'`);
  expect(await database.say(sql)).toEqual([
    'hooks.payload: `hooks.payload` is `json`, which is parsed anew on every look into it and can be neither compared nor indexed.',
  ]);
  expect(await database.prove(sql)).toEqual([
    'ALTER TABLE "hooks" ALTER COLUMN "payload" TYPE jsonb USING "payload"::jsonb;',
  ]);
  await database.prove(table('"parts" json[]'));
});

test('gives no SQL where a view reads the table', async () => {
  const sql = `${table('"payload" json')} CREATE VIEW "v" AS SELECT "payload" FROM "hooks";`;
  expect(await database.findings(sql)).toMatchObject([{ fix: { sql: null } }]);
});
