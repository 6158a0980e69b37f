import { expect, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './overlapping-policies.ts';

const database = await databaseTesting(rule);
const table =
  'CREATE TABLE orders (id int PRIMARY KEY, buyer text, public boolean); ALTER TABLE orders ENABLE ROW LEVEL SECURITY;';
const own = '(buyer = current_user)';

test.each([
  [
    'different conditions',
    `CREATE POLICY a ON orders FOR SELECT USING ${own}; CREATE POLICY b ON orders FOR SELECT USING (public);`,
  ],
  [
    'different commands',
    `CREATE POLICY a ON orders FOR SELECT USING ${own}; CREATE POLICY b ON orders FOR DELETE USING ${own};`,
  ],
  [
    'different roles',
    `CREATE POLICY a ON orders FOR SELECT TO anon USING ${own}; CREATE POLICY b ON orders FOR SELECT TO authenticated USING ${own};`,
  ],
  [
    'reading open, all for the owner',
    `CREATE POLICY a ON orders FOR SELECT USING (true); CREATE POLICY b ON orders USING ${own};`,
  ],
  [
    'the same condition for rows that are written',
    `CREATE POLICY a ON orders FOR UPDATE USING ${own}; CREATE POLICY b ON orders FOR UPDATE USING ${own} WITH CHECK (public);`,
  ],
  [
    'writing that is open',
    `CREATE POLICY a ON orders USING (true); CREATE POLICY b ON orders FOR SELECT USING ${own};`,
  ],
  [
    'writing that is open twice',
    `CREATE POLICY a ON orders FOR INSERT WITH CHECK (true); CREATE POLICY b ON orders FOR INSERT WITH CHECK (true);`,
  ],
  [
    'a restrictive one',
    `CREATE POLICY a ON orders FOR SELECT USING (true); CREATE POLICY b ON orders AS RESTRICTIVE FOR SELECT USING ${own};`,
  ],
  [
    'open for others',
    `CREATE POLICY a ON orders FOR SELECT TO anon USING (true); CREATE POLICY b ON orders FOR SELECT TO authenticated USING ${own};`,
  ],
])('is silent: %s', async (_name, sql) => {
  expect(await database.flagged(`${table} ${sql}`)).toEqual([]);
});

test('one that an open one makes void', async () => {
  const sql = `CREATE POLICY "All read" ON orders FOR SELECT USING (true); CREATE POLICY own ON orders FOR SELECT TO authenticated USING ${own};`;
  expect(await database.findings(`${table} ${sql}`)).toMatchObject([
    {
      subject: 'orders.own',
      message: 'The policy `own` of `orders` holds nobody back, because `All read` lets the same roles read every row.',
      related: [{ message: 'policy All read' }],
    },
  ]);
});

test.each([
  [
    'twins',
    `CREATE POLICY a ON orders FOR SELECT USING ${own}; CREATE POLICY b ON orders FOR SELECT USING ${own};`,
    'b',
  ],
  [
    'ALL and one of them',
    `CREATE POLICY b ON orders USING ${own}; CREATE POLICY a ON orders FOR SELECT USING ${own};`,
    'a',
  ],
  [
    'one for fewer roles',
    `CREATE POLICY b ON orders FOR SELECT USING ${own}; CREATE POLICY a ON orders FOR SELECT TO anon USING ${own};`,
    'a',
  ],
])('%s, and the fix', async (_name, sql, name) => {
  expect(await database.flagged(`${table} ${sql}`)).toEqual([`orders.${name}`]);
  expect(await database.prove(`${table} ${sql}`)).toEqual([`DROP POLICY "${name}" ON "orders";`]);
});
