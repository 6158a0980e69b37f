import { expect, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './permissive-policy.ts';

const database = await databaseTesting(rule);
const table = (name: string) =>
  `CREATE TABLE ${name} (id int PRIMARY KEY, owner uuid); ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY;`;
const orders = table('orders');
const own = 'CREATE POLICY own ON orders USING (owner = (SELECT auth.uid()));';

test.each([
  [
    'the service’s own role',
    `${orders} CREATE POLICY "Service role" ON orders TO service_role USING (true) WITH CHECK (true);`,
  ],
  [
    'the role in the condition',
    `${orders} CREATE POLICY "Service role" ON orders USING (auth.role() = 'service_role');`,
  ],
  ['public reading', `${orders} ${own} CREATE POLICY "Orders are public" ON orders FOR SELECT USING (true);`],
  ['own rows', `${orders} ${own}`],
  [
    'a contact form',
    `${table('contact_messages')} CREATE POLICY anyone ON contact_messages FOR INSERT TO anon WITH CHECK (true);`,
  ],
  [
    'a role of the server',
    `${orders} ${own} CREATE ROLE worker; CREATE POLICY worker ON orders TO worker USING (true);`,
  ],
  [
    'a restrictive policy beside it',
    `${orders} CREATE POLICY a ON orders TO authenticated USING (true); CREATE POLICY b ON orders AS RESTRICTIVE USING (owner = auth.uid());`,
  ],
  [
    'no row-level security',
    `CREATE TABLE orders (id int, owner uuid DEFAULT auth.uid()); CREATE POLICY a ON orders USING (true);`,
  ],
  ['without clients, the only policy', `${orders} CREATE POLICY a ON orders USING (true);`],
  [
    'update to own rows only',
    `${orders} CREATE POLICY a ON orders FOR UPDATE USING (true) WITH CHECK (owner = auth.uid());`,
  ],
])('is silent: %s', async (_name, sql) => {
  expect(await database.flagged(sql)).toEqual([]);
});

test.each([
  [`CREATE POLICY a ON orders USING (true);`, 'lets everybody insert, update and delete every row'],
  [`CREATE POLICY a ON orders FOR INSERT WITH CHECK (true);`, 'lets everybody insert any row'],
  [`CREATE POLICY a ON orders FOR DELETE TO anon USING (1 = 1);`, 'lets everybody delete every row'],
  [
    `CREATE POLICY a ON orders FOR UPDATE TO authenticated USING (owner IS NULL OR true);`,
    'lets every signed-in user update every row',
  ],
  [`CREATE POLICY a ON orders FOR ALL USING (owner = auth.uid()) WITH CHECK (true);`, 'lets everybody insert any row'],
])('%s', async (policy, said) => {
  expect(await database.say(`${orders} ${own} ${policy}`)).toEqual([
    `orders.a: The policy \`a\` ${said} of \`orders\`.`,
  ]);
});

test.each([
  ['its name says anyone', `CREATE POLICY "Anonymous checkout" ON orders FOR INSERT WITH CHECK (true);`],
  [
    'rows of nobody',
    `${table('terms').replace(', owner uuid', '')} CREATE POLICY p ON terms FOR INSERT TO authenticated WITH CHECK (true);`,
  ],
  [
    'reading that is called after its table',
    `${table('admin_settings')} CREATE POLICY "Anyone can read admin settings" ON admin_settings FOR SELECT USING (true);`,
  ],
])('is silent on inserting and reading: %s', async (_name, sql) => {
  expect(await database.flagged(`${orders} ${own} ${sql}`)).toEqual([]);
});

test('is high and not critical where one has to sign in', async () => {
  const sql = (roles: string) => `${orders} ${own} CREATE POLICY a ON orders ${roles} USING (true);`;
  expect(await database.findings(sql(''))).toMatchObject([{ level: 'critical' }]);
  expect(await database.findings(sql('TO authenticated'))).toMatchObject([{ level: 'high' }]);
});

test('admins, whom no role of the platform stands for', async () => {
  const [finding] = await database.findings(
    `${orders} ${own} CREATE POLICY "Admins can delete" ON orders FOR DELETE USING (true);`,
  );
  expect(finding?.message).toBe(
    'The policy `Admins can delete` lets everybody delete every row of `orders`, and not only the admins that its name speaks of.',
  );
  expect(finding?.fix).toBeNull();
});

test('a policy that says whose rows it is for', async () => {
  const sql = `${table('events')} ${orders} ${own} CREATE POLICY "Users insert own events" ON events FOR INSERT WITH CHECK (true);`;
  expect(await database.flagged(sql)).toEqual(['events.Users insert own events']);
});

test('without clients, one that makes the others void', async () => {
  const sql = `${orders} CREATE POLICY tenant ON orders USING (owner = current_setting('app.tenant')::uuid); CREATE POLICY a ON orders USING (true);`;
  expect(await database.flagged(sql)).toEqual(['orders.a']);
});

test('one that calls itself the service’s, and its fix', async () => {
  const service = (command: string) =>
    `${orders} ${own} CREATE POLICY "Service role can manage" ON orders FOR ${command} USING (true);`;
  expect(await database.say(service('SELECT'))).toEqual([
    'orders.Service role can manage: The policy `Service role can manage` lets everybody read every row of `orders`, and not only the service that its name speaks of.',
  ]);
  expect(await database.prove(service('ALL'))).toEqual([
    'ALTER POLICY "Service role can manage" ON "orders" TO "service_role";',
  ]);
  const inbox = `${table('newsletter')} CREATE POLICY "Service role inserts" ON newsletter FOR INSERT WITH CHECK (true);`;
  expect(await database.flagged(`${orders} ${own} ${inbox}`)).toEqual(['newsletter.Service role inserts']);
});
