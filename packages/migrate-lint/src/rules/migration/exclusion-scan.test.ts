import { expect, test } from '@jest/globals';
import { findingsOf } from '../../../test/lock-rule-testing.ts';
import { say } from '../../../test/migration-testing.ts';
import rule from './exclusion-scan.ts';

const bookings = 'CREATE TABLE "bookings" ("id" integer PRIMARY KEY, "during" tstzrange NOT NULL);\n';
const add = 'ALTER TABLE "bookings" ADD CONSTRAINT "no_overlap" EXCLUDE USING gist ("during" WITH &&);';

test.each([
  [
    'a table that the migration makes',
    'CREATE TABLE "a" ("b" int4range); ALTER TABLE "a" ADD EXCLUDE USING gist ("b" WITH &&);',
  ],
  ['EXCLUDE in CREATE TABLE', 'CREATE TABLE "a" ("b" int4range, EXCLUDE USING gist ("b" WITH &&));'],
  ['UNIQUE', 'ALTER TABLE "bookings" ADD UNIQUE ("during");'],
])('is silent of %s', async (_, sql) => {
  expect(await say(rule, bookings, sql)).toEqual([]);
});

test('speaks of a table that was there', async () => {
  expect(await say(rule, bookings, add)).toEqual([
    'Adding the EXCLUDE constraint `no_overlap` takes an ACCESS EXCLUSIVE lock on `bookings`, which blocks reads and writes until its index is built.',
  ]);
});

test('is not sure of what stands in a DO block', async () => {
  expect(await findingsOf(rule, bookings, `DO $$ BEGIN ${add} END $$;`)).toMatchObject([{ level: 'medium' }]);
});
