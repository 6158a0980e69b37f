import { expect, test } from '@jest/globals';
import { findingsOf } from '../../../test/lock-rule-testing.ts';
import { say } from '../../../test/migration-testing.ts';
import rule from './partitioned-index.ts';

const parent = 'CREATE TABLE "events" ("id" bigint NOT NULL) PARTITION BY RANGE ("id");\n';
const partition = 'CREATE TABLE "events_1" PARTITION OF "events" FOR VALUES FROM (1) TO (9);\n';
const index = 'CREATE INDEX "events_id_idx" ON "events"("id");';

test.each([
  ['ON ONLY', `${parent}${partition}`, 'CREATE INDEX "events_id_idx" ON ONLY "events"("id");'],
  ['a table without partitions', parent, index],
  ['new partitions', parent, `${partition}${index}`],
  ['a new table', 'SELECT 1;', `${parent}${partition}${index}`],
  ['an index that is there', `${parent}${partition}${index}`, index.replace('INDEX', 'INDEX IF NOT EXISTS')],
  ['a partition', `${parent}${partition}`, 'CREATE INDEX ON "events_1"("id");'],
  ['a plain table', 'CREATE TABLE "events" ("id" bigint);', index],
])('is silent of %s', async (_, before, sql) => {
  expect(await say(rule, before, sql)).toEqual([]);
});

test('speaks of a table with partitions that were there', async () => {
  expect(await findingsOf(rule, `${parent}${partition}`, index)).toMatchObject([
    {
      level: 'high',
      message:
        'Building the index `events_id_idx` takes a SHARE lock on `events` and all of its partitions, which blocks every write to them until all are read.',
      fix: { sql: null },
    },
  ]);
});
