import { expect, jest, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './duplicate-index.ts';

jest.setTimeout(120_000);
const database = await databaseTesting(rule);

const jobs = 'CREATE TABLE "jobs" ("id" bigint PRIMARY KEY, "queue" text NOT NULL, "body" text, "at" timestamptz);\n';
const two = (one: string, other: string): string =>
  `${jobs}${one.replace('INDEX', 'INDEX "first"')};\n${other.replace('INDEX', 'INDEX "second"')};`;

test.each([
  ['another predicate', 'CREATE INDEX ON "jobs"("queue")', 'CREATE INDEX ON "jobs"("queue") WHERE "at" IS NULL'],
  ['another order', 'CREATE INDEX ON "jobs"("queue", "at")', 'CREATE INDEX ON "jobs"("at", "queue")'],
  ['another direction', 'CREATE INDEX ON "jobs"("queue")', 'CREATE INDEX ON "jobs"("queue" DESC)'],
  ['NULLs first', 'CREATE INDEX ON "jobs"("at")', 'CREATE INDEX ON "jobs"("at" NULLS FIRST)'],
  ['an operator class', 'CREATE INDEX ON "jobs"("queue")', 'CREATE INDEX ON "jobs"("queue" text_pattern_ops)'],
  ['a collation', 'CREATE INDEX ON "jobs"("queue")', 'CREATE INDEX ON "jobs"("queue" COLLATE "C")'],
  ['INCLUDE', 'CREATE INDEX ON "jobs"("queue")', 'CREATE INDEX ON "jobs"("queue") INCLUDE ("at")'],
  ['a method', 'CREATE INDEX ON "jobs"("queue")', 'CREATE INDEX ON "jobs" USING hash ("queue")'],
  ['uniqueness', 'CREATE INDEX ON "jobs"("queue")', 'CREATE UNIQUE INDEX ON "jobs"("queue")'],
  ['NULLs', 'CREATE UNIQUE INDEX ON "jobs"("at")', 'CREATE UNIQUE INDEX ON "jobs"("at") NULLS NOT DISTINCT'],
  ['an expression', 'CREATE INDEX ON "jobs"(lower("queue"))', 'CREATE INDEX ON "jobs"(upper("queue"))'],
])('is silent where %s tells the two apart', async (_, one, other) => {
  expect(await database.flagged(two(one, other))).toEqual([]);
});

test.each([
  'CREATE INDEX ON "jobs"("queue") WHERE "at" IS NULL',
  'CREATE INDEX ON "jobs"("queue" DESC, lower("body"))',
  'CREATE INDEX ON "jobs"("queue") INCLUDE ("at")',
  'CREATE INDEX ON "jobs" USING hash ("queue")',
])('tells the second of two: %s', async index => {
  const sql = two(index, index);
  expect(await database.flagged(sql)).toEqual(['jobs.second']);
  expect(await database.prove(sql)).toEqual(['DROP INDEX "second";']);
});

test('a unique beside a primary key is one, a constraint stays before an index', async () => {
  expect(await database.say(`${jobs}CREATE UNIQUE INDEX "a" ON "jobs"("id");`)).toEqual([
    'jobs.a: The unique index `a` on `id` of `jobs` is the same as the primary key `jobs_pkey`, so it only costs time on every write.',
  ]);
  const sql = `${jobs}CREATE UNIQUE INDEX "a" ON "jobs"("queue"); ALTER TABLE "jobs" ADD CONSTRAINT "b" UNIQUE ("queue");`;
  expect(await database.findings(sql)).toMatchObject([{ subject: 'jobs.a', fix: { safety: 'unsafe' } }]);
  await database.prove(sql);
});

test('gives no SQL for one on which a foreign key may hang', async () => {
  const sql = `${jobs}CREATE UNIQUE INDEX "a" ON "jobs"("queue"); CREATE UNIQUE INDEX "b" ON "jobs"("queue");
CREATE TABLE "runs" ("id" bigint PRIMARY KEY, "queue" text REFERENCES "jobs"("queue"));`;
  const title = 'Drop `b`, or `a` if a foreign key needs the former';
  expect(await database.findings(sql)).toMatchObject([{ subject: 'jobs.b', fix: { title, sql: null } }]);
});

test('leaves what the schema says to its rule, and what it could say and does not to drift', async () => {
  const fields = '  id    BigInt    @id\n  queue String\n  body  String?\n  at    DateTime? @db.Timestamptz(6)\n';
  const schema = `model jobs {\n${fields}\n  @@index([queue], map: "first")\n  @@index([queue], map: "second")\n}\n`;
  const index = 'CREATE INDEX ON "jobs"("queue")';
  expect(await database.flagged(two(index, index), { schema })).toEqual([]);
  expect(await database.flagged(two(index, index), { schema: `model jobs {\n${fields}}\n` })).toEqual([]);
  const partial = `${index} WHERE "at" IS NULL`;
  expect(await database.flagged(two(partial, partial), { schema: `model jobs {\n${fields}}\n` })).toEqual([
    'jobs.second',
  ]);
});

test('does not look at invalid indexes', async () => {
  const index = 'CREATE INDEX ON "jobs"("queue")';
  const broken = `UPDATE pg_index SET indisvalid = false WHERE indexrelid = '"second"'::regclass;`;
  expect(await database.flagged(`${two(index, index)}\n${broken}`)).toEqual([]);
});

test('an index beside an EXCLUDE on the same keys is one, two EXCLUDE are not', async () => {
  const rooms =
    'CREATE TABLE "rooms" ("id" bigint PRIMARY KEY, "during" int4range, EXCLUDE USING gist ("during" WITH &&));\n';
  expect(await database.say(`${rooms}CREATE INDEX "rooms_again" ON "rooms" USING gist ("during");`)).toEqual([
    'rooms.rooms_again: The index `rooms_again` on `during` of `rooms` is the same as the index of the EXCLUDE constraint `rooms_during_excl`, so it only costs time on every write.',
  ]);
  expect(await database.flagged(`${rooms}ALTER TABLE "rooms" ADD EXCLUDE USING gist ("during" WITH =);`)).toEqual([]);
});

test('looks at materialized views, whatever the indexes are called', async () => {
  const view = 'CREATE MATERIALIZED VIEW "totals" AS SELECT 1 AS "on", 2 AS "using";\n';
  const apart = `${view}CREATE INDEX "on" ON "totals"("on"); CREATE INDEX "using" ON "totals"("using"); CREATE UNIQUE INDEX "u" ON "totals"("on");`;
  expect(await database.flagged(apart)).toEqual([]);
  const same = `${view}CREATE INDEX "a" ON "totals"("on"); CREATE INDEX "b" ON "totals"("on");`;
  expect(await database.flagged(same)).toEqual(['totals.b']);
  expect(await database.prove(same)).toEqual(['DROP INDEX "b";']);
});
