import { expect, jest, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './redundant-index.ts';

jest.setTimeout(120_000);
const database = await databaseTesting(rule);

const events =
  'CREATE TABLE "events" ("id" bigint PRIMARY KEY, "account" bigint, "at" timestamptz, "tags" text[], "span" int4range);\n';
const two = (one: string, other: string): string =>
  `${events}${one.replace('INDEX', 'INDEX "one"')};\n${other.replace('INDEX', 'INDEX "other"')};`;
const short = 'CREATE INDEX ON "events"("account")';

test.each([
  ['a partial index beside a full one', `${short} WHERE "at" IS NULL`, 'CREATE INDEX ON "events"("account", "at")'],
  [
    'the same columns in another order',
    'CREATE INDEX ON "events"("at", "account")',
    'CREATE INDEX ON "events"("account", "at")',
  ],
  ['some directions', 'CREATE INDEX ON "events"("account", "at" DESC)', 'CREATE INDEX ON "events"("account", "at")'],
  ['another method', 'CREATE INDEX ON "events" USING hash ("account")', short],
  [
    'a unique on more columns',
    'CREATE UNIQUE INDEX ON "events"("account")',
    'CREATE UNIQUE INDEX ON "events"("account", "at")',
  ],
  ['INCLUDE beside a unique', 'CREATE UNIQUE INDEX ON "events"("account")', `${short} INCLUDE ("at")`],
  ['an expression', 'CREATE INDEX ON "events"((account + 1))', short],
  [
    'a stronger unique',
    'CREATE UNIQUE INDEX ON "events"("at") NULLS NOT DISTINCT',
    'CREATE UNIQUE INDEX ON "events"("at") WHERE "account" > 1',
  ],
  ['two that are one: a duplicate', short, short],
])('is silent on %s', async (_, one, other) => {
  expect(await database.flagged(two(one, other))).toEqual([]);
});

test.each([
  ['a beginning', short, 'CREATE INDEX ON "events"("account", "at")', 'one'],
  ['the beginning of a unique', short, 'CREATE UNIQUE INDEX ON "events"("account", "at")', 'one'],
  [
    'a beginning of expressions',
    'CREATE INDEX ON "events"((account + 1))',
    'CREATE INDEX ON "events"((account + 1), "at")',
    'one',
  ],
  ['an index beside a unique', short, 'CREATE UNIQUE INDEX ON "events"("account")', 'one'],
  ['all directions turned round', short, 'CREATE INDEX ON "events"("account" DESC)', 'other'],
  [
    'a partial beginning',
    `${short} WHERE "at" IS NULL`,
    'CREATE INDEX ON "events"("account", "id") WHERE "at" IS NULL',
    'one',
  ],
  ['one without the INCLUDE', short, `${short} INCLUDE ("at")`, 'one'],
  ['an INCLUDE of what is a key', `${short} INCLUDE ("at")`, 'CREATE INDEX ON "events"("account", "at")', 'one'],
  [
    'the weaker unique',
    'CREATE UNIQUE INDEX ON "events"("at")',
    'CREATE UNIQUE INDEX ON "events"("at") NULLS NOT DISTINCT',
    'one',
  ],
])('tells %s', async (_, one, other, flagged) => {
  const sql = two(one, other);
  expect(await database.flagged(sql)).toEqual([`events.${flagged}`]);
  expect(await database.prove(sql)).toEqual([`DROP INDEX "${flagged}";`]);
});

test('says which one stays, and that a key is enough', async () => {
  expect(await database.say(`${events}CREATE INDEX "a" ON "events"("id");`)).toEqual([
    'events.a: The index `a` on `id` of `events` does no more than the primary key `events_pkey` on `id`, so it only costs time on every write.',
  ]);
});

test('a deferrable unique is the weaker one', async () => {
  const sql = `${events}ALTER TABLE "events" ADD CONSTRAINT "late" UNIQUE ("account") DEFERRABLE;\nCREATE UNIQUE INDEX "now" ON "events"("account");`;
  expect(await database.flagged(sql)).toEqual(['events.late']);
  await database.prove(sql);
});

test('leaves indexes of the schema to its rule, and extra ones to drift', async () => {
  const schema = `model events {
  id      BigInt    @id
  account BigInt?
  at      DateTime? @db.Timestamptz(6)
  tags    String[]
  span    Unsupported("int4range")?

  @@index([account], map: "one")
}`;
  expect(await database.flagged(two(short, 'CREATE INDEX ON "events"("account", "at")'), { schema })).toEqual([]);
  // The schema would call the column unindexed without its own.
  expect(await database.flagged(two(short, 'CREATE INDEX ON "events"("account", (id + 1))'), { schema })).toEqual([]);
  const partial = (keys: string): string => `CREATE INDEX ON "events"(${keys}) WHERE "at" IS NULL`;
  const bare = { schema: schema.replace('@@index([account], map: "one")', '') };
  expect(await database.flagged(two(partial('"account"'), partial('"account", "id"')), bare)).toEqual(['events.one']);
});
