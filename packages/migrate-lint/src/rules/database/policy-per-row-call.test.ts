import { expect, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './policy-per-row-call.ts';

const database = await databaseTesting(rule);
const table =
  'CREATE TABLE posts (id uuid PRIMARY KEY, author uuid, org uuid); ALTER TABLE posts ENABLE ROW LEVEL SECURITY;';
const members = 'CREATE TABLE members (org uuid, who uuid);';
const helper = (volatility: string) =>
  `CREATE FUNCTION my_org() RETURNS uuid LANGUAGE sql ${volatility} AS $$ SELECT NULL::uuid $$;`;

test.each([
  ['a sub-SELECT', 'CREATE POLICY p ON posts USING ((SELECT auth.uid()) = author);'],
  [
    'a call for each row',
    'CREATE FUNCTION may(uuid) RETURNS boolean LANGUAGE sql AS $$ SELECT true $$; CREATE POLICY p ON posts USING (may(org));',
  ],
  [
    'a sub-SELECT with a table of its own',
    `${members} CREATE POLICY p ON posts USING (org IN (SELECT org FROM members WHERE who = auth.uid()));`,
  ],
  ['rows that are written', 'CREATE POLICY p ON posts FOR INSERT WITH CHECK (auth.uid() = author);'],
  ['one row by its key', 'CREATE POLICY p ON posts USING (auth.uid() = id);'],
  ['what Postgres ships', 'CREATE POLICY p ON posts USING (now() IS NOT NULL AND current_user IS NOT NULL);'],
  ['an immutable function', `${helper('IMMUTABLE')} CREATE POLICY p ON posts USING (org = my_org());`],
  ['a policy for the service', `CREATE POLICY p ON posts TO service_role USING (auth.uid() = author);`],
  ['no row-level security', 'CREATE TABLE t (a uuid); CREATE POLICY p ON t USING (a = auth.uid());'],
])('is silent: %s', async (_name, sql) => {
  expect(await database.flagged(`${table} ${sql}`)).toEqual([]);
});

test.each([
  ['CREATE POLICY p ON posts USING (auth.uid() = author);', 'auth.uid()', 'safe'],
  [
    `CREATE POLICY p ON posts USING (author = current_setting('app.user')::uuid) WITH CHECK (author = current_setting('app.user')::uuid);`,
    'current_setting()',
    'safe',
  ],
  [`${helper('STABLE')} CREATE POLICY p ON posts FOR SELECT USING (org = my_org());`, 'my_org()', 'safe'],
  [`${helper('')} CREATE POLICY p ON posts FOR SELECT USING (org = my_org());`, 'my_org()', 'unsafe'],
  [
    `${members} CREATE POLICY p ON posts USING (EXISTS (SELECT FROM members WHERE members.org = posts.org AND who = auth.uid()));`,
    'auth.uid()',
    'safe',
  ],
])('%s', async (sql, call, safety) => {
  const [finding] = await database.findings(`${table} ${sql}`);
  expect(finding).toMatchObject({
    subject: 'posts.p',
    message: `The policy \`p\` calls \`${call}\` for every row of \`posts\` that a query reads; in a sub-SELECT it runs once.`,
    fix: { safety },
  });
  await database.prove(`${table} ${sql}`);
});

test('the fix keeps the rest of the policy, whatever its name', async () => {
  const sql = `${table} CREATE POLICY "O'Neill ""x""" ON posts TO authenticated USING (auth.uid() = author AND org IS NULL) WITH CHECK (auth.uid() = author);`;
  expect(await database.prove(sql)).toEqual([
    `ALTER POLICY "O'Neill ""x""" ON "posts" USING ((((SELECT auth.uid()) = author) AND (org IS NULL))) WITH CHECK (((SELECT auth.uid()) = author));`,
  ]);
});
