import { expect, jest, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './timestamp-without-zone.ts';

jest.setTimeout(120_000);
const database = await databaseTesting(rule);

const table = (columns: string): string => `CREATE TABLE "runs" ("id" bigint PRIMARY KEY, ${columns});`;

test.each([
  ['timestamptz', '"at" timestamptz, "ended_at" timestamptz(3)'],
  ['dates and times', '"day" date, "opens" time, "closes" timetz'],
  ['birthdays and local times', '"birth_date" timestamp, "local_start" timestamp(3)'],
  ['a zone beside it', '"starts_at" timestamp, "timezone" text'],
])('is silent on %s', async (_, columns) => {
  expect(await database.flagged(table(columns))).toEqual([]);
});

test('tells the columns of a table at once, and mends them in one statement', async () => {
  const sql = table('"started_at" timestamp(3) DEFAULT now(), "ended at" timestamp, "at" timestamptz');
  expect(await database.say(sql)).toEqual([
    "runs: `started_at, ended at` of `runs` are timestamps without a time zone, so they mean other instants in each session's zone.",
  ]);
  expect(await database.prove(sql)).toEqual([
    `ALTER TABLE "runs" ALTER COLUMN "started_at" TYPE timestamp(3) with time zone USING "started_at" AT TIME ZONE 'UTC', ALTER COLUMN "ended at" TYPE timestamp without time zone USING "ended at" AT TIME ZONE 'UTC';`.replace(
      'timestamp without',
      'timestamp with',
    ),
  ]);
});

test('one column is told as one', async () => {
  expect(await database.say(table('"at" timestamp'))).toEqual([
    "runs: `at` of `runs` is a timestamp without a time zone, so it means another instant in each session's zone.",
  ]);
});

test('gives no SQL where a view or a generated column reads it', async () => {
  const view = `${table('"at" timestamp')} CREATE VIEW "v" AS SELECT "at" FROM "runs";`;
  expect(await database.findings(view)).toMatchObject([{ fix: { sql: null } }]);
  const generated = table('"at" timestamp, "day" date GENERATED ALWAYS AS ("at"::date) STORED');
  expect(await database.findings(generated)).toMatchObject([{ fix: { sql: null } }]);
});

test('leaves columns of models to the schema', async () => {
  const schema = 'model runs {\n  id BigInt    @id\n  at DateTime?\n}\n';
  expect(await database.flagged(table('"at" timestamp(3)'), { schema })).toEqual([]);
});
