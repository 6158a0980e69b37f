import { expect, jest, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './unindexed-foreign-key.ts';

jest.setTimeout(120_000);
const database = await databaseTesting(rule);

const users = 'CREATE TABLE "users" ("id" bigint PRIMARY KEY, "region" text NOT NULL, UNIQUE ("region", "id"));\n';
const visits = `${users}CREATE TABLE "visits" ("id" bigint PRIMARY KEY, "user_id" bigint REFERENCES "users"("id"));\n`;

test.each([
  ['an index on the column', 'CREATE INDEX ON "visits"("user_id");'],
  ['a longer one', 'CREATE INDEX ON "visits"("user_id", "id");'],
  ['a unique', 'ALTER TABLE "visits" ADD UNIQUE ("user_id");'],
  ['a Hash index', 'CREATE INDEX ON "visits" USING hash ("user_id");'],
  ['one for rows that have a key', 'CREATE INDEX ON "visits"("user_id") WHERE "user_id" IS NOT NULL;'],
])('is silent with %s', async (_, sql) => {
  expect(await database.flagged(visits + sql)).toEqual([]);
});

test.each([
  ['one that does not start with it', 'CREATE INDEX ON "visits"("id", "user_id");'],
  ['one that only holds it', 'CREATE INDEX ON "visits"("id") INCLUDE ("user_id");'],
  ['a partial one', 'CREATE INDEX ON "visits"("user_id") WHERE "id" > 5;'],
  ['an expression', 'CREATE INDEX ON "visits"((user_id + 0));'],
  ['a BRIN', 'CREATE INDEX ON "visits" USING brin ("user_id");'],
  [
    'an invalid one',
    `CREATE INDEX "broken" ON "visits"("user_id"); UPDATE pg_index SET indisvalid = false WHERE indexrelid = '"broken"'::regclass;`,
  ],
])('speaks in spite of %s', async (_, sql) => {
  expect(await database.say(visits + sql)).toEqual([
    'visits.visits_user_id_fkey: No index of `visits` starts with `user_id`, so a delete in `users` reads the whole table for the foreign key `visits_user_id_fkey`.',
  ]);
});

test.each([
  ['no index', '', 1],
  ['all columns in another order', 'CREATE INDEX ON "stays"("user_id", "region", "id");', 0],
  ['one of the two', 'CREATE INDEX ON "stays"("user_id");', 1],
  ['a unique on one of the two', 'CREATE UNIQUE INDEX ON "stays"("user_id");', 0],
])('a compound key with %s', async (_, sql, count) => {
  const stays =
    'CREATE TABLE "stays" ("id" bigint PRIMARY KEY, "region" text, "user_id" bigint, FOREIGN KEY ("region", "user_id") REFERENCES "users"("region", "id"));\n';
  expect(await database.flagged(users + stays + sql)).toHaveLength(count);
});

test('leaves relations and join tables to the schema', async () => {
  const schema = `model users {
  id     BigInt   @id
  region String
  visits visits[]

  @@unique([region, id])
}

model visits {
  id      BigInt  @id
  user_id BigInt?
  user    users?  @relation(fields: [user_id], references: [id])
}`;
  expect(await database.flagged(visits, { schema })).toEqual([]);
  const join =
    'CREATE TABLE "_TagTouser" ("A" bigint NOT NULL REFERENCES "users"("id"), "B" bigint NOT NULL REFERENCES "users"("id"));';
  expect(await database.flagged(users + join, { schema: 'model Nothing {\n  id Int @id\n}\n' })).toEqual([]);
});

test('speaks of a foreign key that a model has no relation for', async () => {
  const schema = 'model visits {\n  id      BigInt  @id\n  user_id BigInt?\n}\n';
  expect(await database.flagged(visits, { schema })).toEqual(['visits.visits_user_id_fkey']);
});

test('reads partitioned tables once, and ends with its fix', async () => {
  const parts = `${users}CREATE TABLE "visits" ("id" bigint, "user_id" bigint REFERENCES "users"("id"), PRIMARY KEY ("id")) PARTITION BY RANGE ("id");
CREATE TABLE "visits_1" PARTITION OF "visits" FOR VALUES FROM (0) TO (100);`;
  expect(await database.flagged(parts)).toEqual(['visits.visits_user_id_fkey']);
  await database.prove(parts);
  const hostile = `${users}CREATE TABLE "vis""its" ("id" bigint PRIMARY KEY, "user ""id" bigint REFERENCES "users"("id"));`;
  expect(await database.prove(hostile)).toEqual(['CREATE INDEX "vis""its_user ""id_idx" ON "vis""its"("user ""id");']);
});

test('tells foreign keys on the same columns once', async () => {
  const again = `${visits}ALTER TABLE "visits" ADD FOREIGN KEY ("user_id") REFERENCES "users"("id");`;
  expect(await database.flagged(again)).toEqual(['visits.visits_user_id_fkey']);
});
