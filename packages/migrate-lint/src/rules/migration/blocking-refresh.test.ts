import { expect, jest, test } from '@jest/globals';
import { findingsOf } from '../../../test/lock-rule-testing.ts';
import { say } from '../../../test/migration-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './blocking-refresh.ts';

jest.setTimeout(120_000);
const { applied } = await rewriteTesting();

const view = 'CREATE MATERIALIZED VIEW "sales" AS SELECT 1 AS "day";\n';
const key = 'CREATE UNIQUE INDEX "sales_day" ON "sales"("day");\n';
const refresh = 'REFRESH MATERIALIZED VIEW "sales";';

test.each([
  ['CONCURRENTLY', `${view}${key}`, 'REFRESH MATERIALIZED VIEW CONCURRENTLY "sales";'],
  ['a new view', 'SELECT 1;', `${view}${refresh}`],
  ['an empty view that stays it', view.replace(';', ' WITH NO DATA;'), refresh.replace(';', ' WITH NO DATA;')],
  ['a view without data', view.replace(';', ' WITH NO DATA;'), refresh],
])('is silent of %s', async (_, before, sql) => {
  expect(await say(rule, before, sql)).toEqual([]);
});

test('speaks of a view that was there, and refreshes it CONCURRENTLY', async () => {
  expect(await say(rule, `${view}${key}`, refresh)).toEqual([
    'REFRESH MATERIALIZED VIEW takes an ACCESS EXCLUSIVE lock on `sales`, so that nobody can read it until its query is done.',
  ]);
  const { files, migrations, said } = await applied(rule, `${view}${key}`, `${refresh}\nSELECT 1;\n`);
  expect(files['2_next']).toBe('REFRESH MATERIALIZED VIEW CONCURRENTLY "sales";\nSELECT 1;\n');
  expect([migrations, said]).toEqual([[], []]);
});

test.each([
  'SELECT 1;',
  'CREATE UNIQUE INDEX ON "sales"("day") WHERE "day" > 0;',
  'CREATE UNIQUE INDEX ON "sales"(("day" + 1));',
])('has no text without a unique index on plain columns: %s', async index => {
  expect(await findingsOf(rule, `${view}${index}`, refresh)).toMatchObject([{ fix: { edits: [] } }]);
});

test('an empty view cannot be read', async () => {
  expect(await findingsOf(rule, view, refresh.replace(';', ' WITH NO DATA;'))).toMatchObject([
    {
      level: 'medium',
      message:
        'REFRESH MATERIALIZED VIEW … WITH NO DATA empties `sales`, and whoever reads it gets an error until it is refreshed again.',
    },
  ]);
});
