import { expect, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './view-bypasses-rls.ts';

const database = await databaseTesting(rule);
const table = 'CREATE TABLE orders (id int PRIMARY KEY, buyer uuid); ALTER TABLE orders ENABLE ROW LEVEL SECURITY;';
const orders = `${table} CREATE POLICY own ON orders USING (buyer = (SELECT auth.uid()));`;
const view = 'CREATE VIEW totals AS SELECT buyer, count(*) FROM orders GROUP BY buyer;';

test.each([
  ['security_invoker', `${orders} CREATE VIEW totals WITH (security_invoker) AS SELECT * FROM orders;`],
  ['set later', `${orders} ${view} ALTER VIEW totals SET (security_invoker = on);`],
  ['asks for the user', `${orders} CREATE VIEW totals AS SELECT * FROM orders WHERE buyer = auth.uid();`],
  [
    'asks through a function',
    `${orders} CREATE FUNCTION me() RETURNS uuid LANGUAGE sql AS $$ SELECT auth.uid() $$; CREATE VIEW totals AS SELECT * FROM orders WHERE buyer = me();`,
  ],
  ['a barrier', `${orders} CREATE VIEW totals WITH (security_barrier = true) AS SELECT id FROM orders;`],
  ['for everybody by name', `${orders} CREATE VIEW public_orders AS SELECT id FROM orders;`],
  [
    'a table that everybody reads',
    `${table} CREATE POLICY r ON orders FOR SELECT USING (true); CREATE POLICY w ON orders FOR DELETE USING (buyer = auth.uid()); ${view}`,
  ],
  [
    'a table without row-level security',
    `${orders} CREATE TABLE rates (id int); CREATE VIEW r AS SELECT * FROM rates;`,
  ],
  ['a REVOKE', `${orders} ${view} REVOKE ALL ON totals FROM anon, authenticated;`],
  [
    'a schema that the API does not offer',
    `${orders} CREATE SCHEMA app; CREATE VIEW app.totals AS SELECT * FROM orders;`,
  ],
  ['no client', `${table} CREATE POLICY p ON orders USING (id > 0); ${view}`],
  [
    'accounts, of which another rule speaks',
    `${orders} CREATE VIEW v AS SELECT u.email FROM orders o JOIN auth.users u ON u.id = o.buyer;`,
  ],
])('is silent: %s', async (_name, sql) => {
  expect(await database.flagged(sql)).toEqual([]);
});

test('names the view and the tables behind it, and the fix holds it to the policies', async () => {
  expect(await database.say(`${orders} ${view}`)).toEqual([
    'totals: The view `totals` reads `orders` as its owner, so whoever reads the view sees rows that the policies keep from him.',
  ]);
  expect(await database.prove(`${orders} ${view}`)).toEqual(['ALTER VIEW "totals" SET (security_invoker = true);']);
});

test('sees through views between', async () => {
  const sql = `${orders} CREATE SCHEMA app; CREATE VIEW app.inner_one AS SELECT * FROM orders; CREATE VIEW outer_one AS SELECT * FROM app.inner_one;`;
  expect(await database.flagged(sql)).toEqual(['outer_one']);
});
