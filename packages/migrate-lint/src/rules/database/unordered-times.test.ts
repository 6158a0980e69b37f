import { expect, jest, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './unordered-times.ts';

jest.setTimeout(120_000);
const database = await databaseTesting(rule);

const table = (columns: string) => `CREATE TABLE "bookings" ("id" int PRIMARY KEY, ${columns});\n`;
const times = (...names: readonly string[]) => table(names.map(name => `"${name}" timestamptz`).join(', '));

test.each([
  ['a CHECK', table('"starts_at" date, "ends_at" date, CHECK ("starts_at" < "ends_at")')],
  [
    'a CHECK on quoted names',
    table('"startsAt" date, "endsAt" date, CHECK ("startsAt" IS NULL OR "endsAt" IS NULL OR "startsAt" < "endsAt")'),
  ],
  [
    'an EXCLUDE of ranges',
    `${times('starts_at', 'ends_at')} ALTER TABLE "bookings" ADD EXCLUDE USING gist (tstzrange("starts_at", "ends_at") WITH &&);`,
  ],
  [
    'a generated range',
    table(
      '"startsAt" date, "endsAt" date, "days" daterange GENERATED ALWAYS AS (daterange("startsAt", "endsAt")) STORED',
    ),
  ],
  [
    'a trigger that raises',
    `${times('starts_at', 'ends_at')}
CREATE FUNCTION "guard"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.ends_at < NEW.starts_at THEN RAISE EXCEPTION 'no'; END IF; RETURN NEW; END $$;
CREATE TRIGGER "guard" BEFORE INSERT OR UPDATE ON "bookings" FOR EACH ROW EXECUTE FUNCTION "guard"();`,
  ],
  ['times of the day', table('"starts_at" time, "ends_at" time')],
  ['two types', table('"starts_at" timestamptz, "ends_at" date')],
  ['periods of two things', times('trial_starts_at', 'booking_ends_at')],
  ['times that machines stamp', times('started_at', 'finished_at', 'created_at', 'updated_at')],
  ['numbers', table('"starts_at" bigint, "ends_at" bigint')],
  ['two ends', times('start', 'end_date', 'end_time')],
  ['two starts', times('start_date', 'start_time', 'end_time')],
  ['who sent it, and to whom', times('from_sent_at', 'to_sent_at')],
  ['a period that a provider gives', times('current_period_start', 'current_period_end')],
  ['a job', table('"start_time" timestamptz, "end_time" timestamptz').replace('bookings', 'job_executions')],
])('is silent on %s', async (_, sql) => {
  expect(await database.say(sql)).toEqual([]);
});

test.each([
  ['starts_at', 'ends_at'],
  ['startDate', 'endDate'],
  ['start', 'end'],
  ['startTime', 'end'],
  ['trialStartsAt', 'trialEndsAt'],
  ['valid_from', 'valid_until'],
  ['effective_from', 'effective_to'],
  ['check_in', 'check_out'],
  ['checkInDate', 'checkOutDate'],
  ['paid_at', 'completed_at'],
])('orders %s and %s', async (first, last) => {
  expect(await database.say(times(last, first))).toEqual([
    `bookings: Nothing in the database keeps \`${last}\` of \`bookings\` from lying before \`${first}\`, so a period may run backwards.`,
  ]);
  await database.prove(times(first, last));
});

test('speaks once of a table', async () => {
  const sql = times('starts_at', 'ends_at', 'valid_from', 'valid_to');
  expect(await database.flagged(sql)).toEqual(['bookings']);
  expect(await database.prove(sql)).toEqual([
    `ALTER TABLE "bookings" ADD CONSTRAINT "bookings_times_check" CHECK ("ends_at" >= "starts_at" AND "valid_to" >= "valid_from") NOT VALID;
-- Fails while this finds rows: SELECT * FROM "bookings" WHERE NOT ("ends_at" >= "starts_at" AND "valid_to" >= "valid_from")
ALTER TABLE "bookings" VALIDATE CONSTRAINT "bookings_times_check";`,
  ]);
});
