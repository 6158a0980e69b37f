import { expect, jest, test } from '@jest/globals';
import { findingsOf } from '../../../test/lock-rule-testing.ts';
import { say } from '../../../test/migration-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './detach-partition.ts';

jest.setTimeout(120_000);
const { applied } = await rewriteTesting();

const events = `CREATE TABLE "events" ("id" integer NOT NULL, "at" date NOT NULL) PARTITION BY RANGE ("at");
CREATE TABLE "old" PARTITION OF "events" FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
`;
const detach = 'ALTER TABLE "events" DETACH PARTITION "old";';

test.each([
  ['CONCURRENTLY', events, 'ALTER TABLE "events" DETACH PARTITION "old" CONCURRENTLY;'],
  ['FINALIZE', events, 'ALTER TABLE "events" DETACH PARTITION "old" FINALIZE;'],
  ['a table that the migration makes', '', `${events}${detach}`],
  ['a parent with a DEFAULT partition', `${events}CREATE TABLE "rest" PARTITION OF "events" DEFAULT;`, detach],
])('is silent of %s', async (_, before, sql) => {
  expect(await say(rule, before, sql)).toEqual([]);
});

test('speaks of the parent', async () => {
  expect(await say(rule, events, detach)).toEqual([
    'Detaching `old` takes an ACCESS EXCLUSIVE lock on `events`, which waits for every query on it and blocks all reads and writes behind it.',
  ]);
});

test('detaches CONCURRENTLY in a migration of its own', async () => {
  const { files, migrations, said, locks } = await applied(rule, events, `${detach}\n\nSELECT 1;\n`);
  expect(files['2_next']?.trim()).toBe('SELECT 1;');
  expect(migrations).toHaveLength(1);
  expect(migrations[0]).toContain('\nALTER TABLE "events" DETACH PARTITION "old" CONCURRENTLY;\n');
  expect(said).toEqual([]);
  const parent = locks.flatMap(each => each.locks).filter(({ table }) => table === 'events');
  expect(parent.map(({ mode }) => mode)).toEqual(['SHARE UPDATE EXCLUSIVE']);
});

test.each([`${detach}\nDROP TABLE "old";`, `${detach}\nALTER TABLE "old" ADD COLUMN "note" text;`])(
  'has no text where the partition is needed at once: %s',
  async sql => {
    expect(await findingsOf(rule, events, sql)).toMatchObject([{ level: 'medium', fix: { sql: null, edits: [] } }]);
  },
);
