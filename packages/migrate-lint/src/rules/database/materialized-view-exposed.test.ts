import { expect, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './materialized-view-exposed.ts';

const database = await databaseTesting(rule);
const table = 'CREATE TABLE orders (id int PRIMARY KEY, buyer uuid); ALTER TABLE orders ENABLE ROW LEVEL SECURITY;';
const orders = `${table} CREATE POLICY own ON orders USING (buyer = (SELECT auth.uid()));`;
const view = 'CREATE MATERIALIZED VIEW totals AS SELECT buyer, count(*) FROM orders GROUP BY buyer;';

test.each([
  ['a REVOKE', `${orders} ${view} REVOKE ALL ON TABLE public.totals FROM anon, authenticated;`],
  [
    'a REVOKE before another GRANT',
    `${orders} ${view} REVOKE ALL ON totals FROM anon, authenticated; GRANT SELECT ON totals TO service_role;`,
  ],
  ['for everybody by name', `${orders} CREATE MATERIALIZED VIEW leaderboard AS SELECT count(*) FROM orders;`],
  [
    'a table that everybody reads',
    `${table} CREATE POLICY r ON orders FOR SELECT USING (true); CREATE POLICY w ON orders FOR DELETE USING (buyer = auth.uid()); ${view}`,
  ],
  ['another schema', `${orders} CREATE SCHEMA app; CREATE MATERIALIZED VIEW app.totals AS SELECT * FROM orders;`],
  ['no client', `${table} ${view}`],
  ['a plain view', `${orders} CREATE VIEW totals AS SELECT * FROM orders;`],
])('is silent: %s', async (_name, sql) => {
  expect(await database.flagged(sql)).toEqual([]);
});

test('names what it copies, and the fix takes it from clients', async () => {
  expect(await database.say(`${orders} ${view}`)).toEqual([
    'totals: Clients may read all of the materialized view `totals`, and it copies rows of `orders` that the policies keep from them.',
  ]);
  expect(await database.prove(`${orders} ${view}`)).toEqual(['REVOKE ALL ON "totals" FROM "anon", "authenticated";']);
});
