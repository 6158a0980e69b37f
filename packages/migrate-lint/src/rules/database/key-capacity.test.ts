import { expect, jest, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './key-capacity.ts';

jest.setTimeout(120_000);
const database = await databaseTesting(rule);

const narrowed = 'CREATE TABLE "clicks" ("id" serial PRIMARY KEY); ALTER TABLE "clicks" ALTER COLUMN "id" TYPE bigint;';

test.each([
  ['bigserial', 'CREATE TABLE "clicks" ("id" bigserial PRIMARY KEY);'],
  [
    'an identity that was widened, with its sequence',
    'CREATE TABLE "clicks" ("id" int GENERATED ALWAYS AS IDENTITY PRIMARY KEY); ALTER TABLE "clicks" ALTER COLUMN "id" TYPE bigint;',
  ],
  ['a number that nobody counts', 'CREATE TABLE "clicks" ("id" integer PRIMARY KEY);'],
  ['a key of two columns', 'CREATE TABLE "clicks" ("id" serial, "day" date, PRIMARY KEY ("id", "day"));'],
  ['a number that is no key', 'CREATE TABLE "clicks" ("id" uuid PRIMARY KEY, "position" serial);'],
  [
    'a sequence that ends sooner',
    'CREATE TABLE "clicks" ("id" serial PRIMARY KEY); ALTER SEQUENCE "clicks_id_seq" MAXVALUE 100;',
  ],
  ['a table that people fill', 'CREATE TABLE "event_types" ("id" serial PRIMARY KEY);'],
  ['one that starts again', 'CREATE TABLE "clicks" ("id" serial PRIMARY KEY); ALTER SEQUENCE "clicks_id_seq" CYCLE;'],
])('is silent on %s', async (_, sql) => {
  expect(await database.flagged(sql)).toEqual([]);
});

test.each([
  ['serial', 'CREATE TABLE "clicks" ("id" serial PRIMARY KEY, "parent" integer REFERENCES "clicks"("id"));'],
  ['identity', 'CREATE TABLE "clicks" ("id" integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY);'],
  ['smallserial', 'CREATE TABLE "clicks" ("id" smallserial PRIMARY KEY);'],
])('tells a %s key, and widens it with what refers to it', async (_, sql) => {
  expect(await database.flagged(sql)).toEqual(['clicks.id']);
  await database.prove(sql);
});

test('judges every table where it is told to', async () => {
  const sql = 'CREATE TABLE "users" ("id" serial PRIMARY KEY);';
  expect(await database.flagged(sql)).toEqual([]);
  expect(await database.flagged(sql, { options: { tables: 'all' } })).toEqual(['users.id']);
});

test('tells a sequence that stayed behind its column, of a model too', async () => {
  const schema = 'model clicks {\n  id BigInt @id @default(autoincrement())\n}\n';
  expect(await database.say(narrowed, { schema })).toEqual([
    'clicks.id: `clicks.id` is `bigint`, but its sequence `clicks_id_seq` is still `integer` and gives out no number above 2,147,483,647.',
  ]);
  expect(await database.prove(narrowed, { schema })).toEqual(['ALTER SEQUENCE "clicks_id_seq" AS bigint;']);
});

test('leaves an integer key of a model to the schema', async () => {
  const schema = 'model clicks {\n  id Int @id @default(autoincrement())\n}\n';
  expect(await database.flagged('CREATE TABLE "clicks" ("id" serial PRIMARY KEY);', { schema })).toEqual([]);
});
